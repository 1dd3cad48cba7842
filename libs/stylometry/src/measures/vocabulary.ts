import { meanAndSpread, share } from './shape';

/** Words looked at together for their variety: the share of different words falls with length, so the length is fixed. */
const WINDOW = 100;
const STEP = 10;

/** As `MEASURES.vocabulary` names them, of words in lower case. */
export function vocabularyOf(words: readonly string[]): number[] {
  const lengths = words.map((word) => word.length);
  return [
    ...meanAndSpread(lengths),
    share(lengths, (length) => length >= 7),
    share(lengths, (length) => length <= 3),
    variety(words),
  ];
}

/** Different words over all words in a moving window (M. Covington and J. McFall, "Cutting the Gordian Knot", 2010). */
function variety(words: readonly string[]): number {
  const ends = Math.max(1, words.length - WINDOW);
  let sum = 0;
  let windows = 0;
  for (let from = 0; from < ends; from += STEP) {
    const window = words.slice(from, from + WINDOW);
    if (window.length > 0) sum += new Set(window).size / window.length;
    windows += 1;
  }
  return sum / windows;
}
