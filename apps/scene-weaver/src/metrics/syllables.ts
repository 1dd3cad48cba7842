/** Endings that are written and not spoken: walk(ed), lov(es), lov(e); but want-ed, hors-es, ta-ble. */
const SILENT_ENDING = /(?<=[^td])ed$|(?<![scxzg]|[sc]h|[^aeiouy]l)es$|(?<![^aeiouy]l)e$/;
/** Neighbouring vowels that are two syllables: be-ing, po-em, sci-ence, cre-ate, ru-in, pi-ano. */
const SPLIT_VOWELS =
  /[aeiouy]ing|oe[mt]|i(?:et|ence|a(?!n|l|g|$)|o(?!n|u)|u|ano)|(?<![ctxg])iou|(?<=^l)ion|[ei]ate|ui(?:n$|t[iy])|uou|ea$|eum/g;

/**
 * Syllables of an English word, at least 1, estimated from its spelling. Right for about nine words in ten, and
 * wrong to either side, which is enough for an index over a whole scene.
 */
export function countSyllables(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  if (plain.length <= 3) return 1;
  const stem = plain.replace(SILENT_ENDING, '').replace(/^y/, '');
  const groups = stem.match(/[aeiouy]+/g)?.length ?? 0;
  return Math.max(1, groups + (plain.match(SPLIT_VOWELS)?.length ?? 0));
}
