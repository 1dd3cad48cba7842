import { FUNCTION_WORDS } from './function.words';
import { MARKS, type Group } from './groups';
import { lettersOf } from './letter-triples';
import { plainText } from './plain-text';
import { readPage } from './read-page';
import { shapeOf } from './shape';
import { Vocabulary } from './vocabulary';
import { CLASSES, kindsOf } from './word-kinds';

/** Everything measured of a text before a reference says which letter triples count. */
export interface Measured {
  words: number;
  /** `lettersOf` the text. */
  letters: Uint16Array;
  groups: Readonly<Record<Exclude<Group, 'letters'>, number[]>>;
}

/** Measures a text; the same text gives the same numbers. Never throws; of an empty text all is 0. */
export function measure(text: string): Measured {
  const plain = plainText(text);
  const page = readPage(plain);
  const words = page.words.length;
  const vocabulary = new Vocabulary(page.words);
  const functionWords = new Uint32Array(FUNCTION_WORDS.length);
  const classes = new Uint32Array(CLASSES);
  vocabulary.tell((word, times) => {
    const kinds = kindsOf(word);
    if (kinds.functionWord >= 0) functionWords[kinds.functionWord]! += times;
    for (const one of kinds.classes) classes[one]! += times;
  });
  const perWord = (count: number): number => (words === 0 ? 0 : count / words);
  return {
    words,
    letters: lettersOf(plain),
    groups: {
      words: Array.from(functionWords, perWord),
      // Of a mark's rate in a thousand words the logarithm: ten semicolons instead of five matter as ten commas for five.
      punctuation: Array.from(marksOf(plain), (count) => Math.log1p(1000 * perWord(count))),
      shape: shapeOf(page),
      vocabulary: vocabulary.measures(),
      lexicon: Array.from(classes, perWord),
    },
  };
}

/** Of each unit, the number of the mark it is, counted from 1. */
const MARK_NUMBERS = new Uint8Array(0x10000);
for (const [index, mark] of MARKS.entries()) MARK_NUMBERS[mark.charCodeAt(0)] = index + 1;

function marksOf(text: string): Uint32Array {
  const counts = new Uint32Array(MARKS.length + 1);
  for (let at = 0; at < text.length; at++) counts[MARK_NUMBERS[text.charCodeAt(at)]!]! += 1;
  return counts.subarray(1);
}
