/** Short sentences that stand anywhere, for the last words of a length. */
export const SNIPPETS: readonly string[] = [
  'Nobody [say|s] anything.',
  '{P} [wait].',
  'It [be|s] very quiet.',
  'There [be|s] {sound}.',
  '{I} [let] that stand.',
  'The air [smell|s] of {smell}.',
  '{P} [look] at {thing} for a while.',
  '{^light} [do|s] not reach that far.',
  'Something about it [will] not lie flat.',
  'It [be|s] not much.',
  'That [be|s] one way of putting it.',
  '{P} [think] about the number eleven.',
  'Again there [be|s] {sound}, nearer, or only clearer.',
  'It [have|s] gone cold.',
  'One [get|s] used to it.',
  '{P} [take] note, and [give] no sign of it.',
  'Time [pass|s], as it [do|s] when nobody [be|s] counting.',
  '{^thing} [be|s] still there.',
  'It [be|s] what {I} [have] expected, and {I} [have] hoped to be wrong.',
  'The silence [go|s] on a little longer than it need.',
  '{P} [breathe] out.',
  'Then that [be|s] over, too.',
  '{^smell}, again.',
  'A draught [come|s] from nowhere in particular and [go|s] back there.',
  '{P} [hold] on to {clue}.',
  'Nothing [move|s] but {light}.',
  'It [seem|s] a long time.',
  '{I} [have] known it to be worse.',
  'That, at any rate, [be|s] new.',
  'There [be|s] nothing to be said to that, and {P} [say] it.',
];

/** For a phrase that must stand on the page and that no play of its beat has used. */
export const MENTION_LINES: readonly string[] = [
  `And there [be|s] still one thing that {P} [have] not accounted for: {mention}.`,
  `{I} [keep] coming back to the same few words: {mention}.`,
  `“{^mention},” {P} [say] under {my} breath, to hear how it [sound|s] {at}.`,
  `In {my} notes it [stand|s] by itself, underlined: {mention}.`,
  `Whichever way {I} [turn] it, what {I} [come] to in the end [be|s] this: {mention}.`,
  `Everything else [can] wait. This [can] not: {mention}.`,
];

/** Before a beat that has only just been told in the same words. */
export const AGAIN_LEADS: readonly string[] = [
  'It [be|s] the same again, or nearly:',
  'Once more, then:',
  'And again, as if it [have|s] never happened:',
  'Nobody [seem|s] to remember that it [have|s] been so before:',
  'There [be|p] things that one [do|s] twice:',
  'As before, and not quite as before:',
];

/** Where nothing else has named the person from whose point of view a scene is told. */
export const NAMING_LINES: readonly string[] = [
  '{P} [take] note of it.',
  'So it [be|s], and {P} [let] it be so.',
  '{P} [say] nothing.',
  'It [be|s] for {Po} to make of it what {I} [can].',
];
