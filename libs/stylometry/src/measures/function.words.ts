/**
 * English function words: the closed classes. People choose them without noticing, which is why they tell authors apart
 * (F. Mosteller and D. Wallace, "Inference and Disputed Authorship", 1964). Pronouns of persons are left out: they tell who
 * is on the page, not who writes.
 */
export const FUNCTION_WORDS: readonly string[] = `
  the and of to a in that it was as with for on at but not is be had have this by so all which from or an no if when there
  were what would been them their one up out could then upon into more said very will some now than do did are has its who
  about like any other only such can over before down must should may might shall after these those here where how again
  too well yet though off much through until till while both own same never ever even still just also most many few each
  every another between against without within under above because since unless whether either neither nor toward towards
  among during beyond behind beside whom whose why quite rather almost perhaps indeed however therefore thus else away back
  once always often sometimes being having does doing am let us our
`
  .trim()
  .split(/\s+/);
