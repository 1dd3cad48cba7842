import { countSyllables } from './syllables';

const KNOWN: Record<number, string> = {
  1: 'a the clock walked loves freed tired quite built guide fruit one eyes gate ghost through',
  2: 'wanted horses table tables harbour lighthouse poem science create ruin being going lion quiet nation houses wishes pieces silence marriage',
  3: 'piano beautiful evening idea area diary violin radio curious museum afternoon remember understand created',
  4: 'hesitated unhappily information',
};

describe('countSyllables', () => {
  test.each(
    Object.entries(KNOWN).flatMap(([count, words]) => words.split(' ').map((word) => [word, Number(count)] as const)),
  )('%s has %i', (word, count) => expect(countSyllables(word)).toBe(count));

  it('gives every word at least one', () => {
    for (const word of ['', 'hmm', "'", 'pst', '13', 'Ж']) expect(countSyllables(word)).toBe(1);
  });
});
