/** Pairs of which one thing at one time is never both. Left out are pairs that people grow or blur between. */
const PAIRS = `
  alive/dead living/dead alive/deceased living/deceased married/unmarried married/single guilty/innocent
  blind/sighted mortal/immortal literate/illiterate legitimate/illegitimate left-handed/right-handed male/female
  eldest/youngest oldest/youngest sealed/unsealed locked/unlocked sealed/open locked/open intact/ruined intact/destroyed
  standing/destroyed inhabited/uninhabited inhabited/deserted inhabited/abandoned armed/unarmed related/unrelated
  possible/impossible legal/illegal navigable/unnavigable curable/incurable conscious/unconscious human/inhuman
  tall/short rich/poor fertile/barren honest/dishonest loyal/disloyal faithful/unfaithful deaf/hearing
  bearded/clean-shaven bearded/beardless tailless/tailed clockwise/anticlockwise clockwise/counterclockwise
  northern/southern eastern/western inland/coastal`;

/** For each word the words that deny it. */
export const ANTONYMS: ReadonlyMap<string, readonly string[]> = antonyms();

function antonyms(): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const pair of PAIRS.trim().split(/\s+/)) {
    const [one, other] = pair.split('/') as [string, string];
    table.set(one, [...(table.get(one) ?? []), other]);
    table.set(other, [...(table.get(other) ?? []), one]);
  }
  return table;
}
