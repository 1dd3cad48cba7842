import fc from 'fast-check';
import { clustersOf } from '../names/clusters';
import { foldName } from '../names/name-key';
import { foldedWords, offsetOf } from './folded-words';

/** A word, and where each of its units comes from. */
interface PlacedWord {
  text: string;
  offsets: number[];
}

const TRICKY = [
  'a',
  'B',
  '7',
  ' ',
  '.',
  '’',
  '—',
  '½',
  'ﬁ',
  'e\u0301',
  '\u0301',
  '\u{1d165}',
  '塩',
  '😀',
  '\ud800',
  '\udc00',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...TRICKY), maxLength: 30 }),
);

/** The rule, said plainly: letter by letter. */
function wordsOf(text: string): PlacedWord[] {
  const words: PlacedWord[] = [];
  let isOpen = false;
  for (const { text: letter, at } of clustersOf(text)) {
    const parts = foldName(letter).split(' ');
    for (const [index, part] of parts.entries()) {
      const isBreak = parts.length === 1 && part === '';
      if (!isBreak && (!isOpen || index > 0)) words.push({ text: '', offsets: [] });
      isOpen = !isBreak;
      if (isBreak) continue;
      const word = words.at(-1)!;
      word.text += part;
      while (word.offsets.length < word.text.length) word.offsets.push(at);
    }
  }
  return words;
}

it('folds a text as its letters are folded one by one', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const placed = foldedWords(text).map((word): PlacedWord => {
        return { text: word.text, offsets: word.text.split('').map((_, unit) => offsetOf(word, unit)) };
      });
      expect(placed).toEqual(wordsOf(text));
    }),
    { numRuns: 500 },
  );
});
