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
  // How often each word stands in the window; as that moves, words come in at its end and leave at its beginning.
  const inWindow = new Map<string, number>();
  let sum = 0;
  let windows = 0;
  let end = 0;
  for (let from = 0; from < ends; from += STEP) {
    for (const word of words.slice(Math.max(0, from - STEP), from)) leave(inWindow, word);
    for (; end < Math.min(from + WINDOW, words.length); end += 1) {
      inWindow.set(words[end]!, (inWindow.get(words[end]!) ?? 0) + 1);
    }
    if (end > from) sum += inWindow.size / (end - from);
    windows += 1;
  }
  return sum / windows;
}

function leave(inWindow: Map<string, number>, word: string): void {
  const left = inWindow.get(word)! - 1;
  if (left === 0) inWindow.delete(word);
  else inWindow.set(word, left);
}
