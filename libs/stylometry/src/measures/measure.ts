import { FUNCTION_WORDS } from './function.words';
import { MARKS, type Group } from './groups';
import { letterTriples } from './letter-triples';
import { LEXICON, WORD_FORMS } from './lexicon.words';
import { shapeOf } from './shape';
import { vocabularyOf } from './vocabulary';
import { plainText, wordsOf } from './words-of';

/** Everything measured of a text before a reference says which letter triples count. */
export interface Measured {
  words: number;
  triples: { counts: ReadonlyMap<string, number>; total: number };
  groups: Readonly<Record<Exclude<Group, 'letters'>, number[]>>;
}

/** Measures a text; the same text gives the same numbers. Never throws; of an empty text all is 0. */
export function measure(text: string): Measured {
  const plain = plainText(text);
  const words = wordsOf(plain).map((word) => word.toLowerCase());
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const perWord = (count: number): number => (words.length === 0 ? 0 : count / words.length);
  const countOf = (which: (word: string) => boolean): number =>
    [...counts].reduce((sum, [word, count]) => (which(word) ? sum + count : sum), 0);
  return {
    words: words.length,
    triples: letterTriples(plain),
    groups: {
      words: FUNCTION_WORDS.map((word) => perWord(counts.get(word) ?? 0)),
      // Of a mark's rate in a thousand words the logarithm: ten semicolons instead of five matter as ten commas for five.
      punctuation: MARKS.map((mark) => Math.log1p(1000 * perWord(plain.split(mark).length - 1))),
      shape: shapeOf(plain, words.length),
      vocabulary: vocabularyOf(words),
      lexicon: [
        ...Object.values(LEXICON).map((list) => perWord(countOf((word) => list.has(word)))),
        ...Object.values(WORD_FORMS).map((has) => perWord(countOf(has))),
      ],
    },
  };
}
