import fc from 'fast-check';
import { countWords } from './count-words';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const segmented = (text: string): number => [...segmenter.segment(text)].filter((part) => part.isWordLike).length;

describe('countWords', () => {
  test.each([
    ['', 0],
    ['…', 0],
    ["She didn't know.", 3],
    ['She didn’t know—not then.', 5],
    ['a salt-clock', 3],
    ['3,000 tons at 4.5 knots', 5],
    ['“Go!”', 1],
    ['snake_case __init__ _', 2],
    ['Привет, мир', 2],
    ['L’été à Besançon', 3],
  ])('%s → %i', (text, words) => expect(countWords(text)).toBe(words));

  it('counts words of scripts without spaces', () => {
    expect(countWords('塩の時計が止まった。', 'ja')).toBeGreaterThan(3);
  });

  it('agrees with Intl.Segmenter on any mixture of Latin letters, digits and punctuation', () => {
    const char = fc.constantFrom(...'abzAZéßñœ019 \n\t.,;:!?\'"’‘“”–—-…_()*«»£&@/'.split(''));
    fc.assert(
      fc.property(fc.array(char, { maxLength: 40 }), (chars) => {
        expect(countWords(chars.join(''))).toBe(segmented(chars.join('')));
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with Intl.Segmenter on any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(countWords(text)).toBe(segmented(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes any language tag', () => {
    for (const language of ['', 'zz', 'en-abcdefgh-ab-ab', '???', 'pt-BR'])
      expect(countWords('um – Ж', language)).toBe(2);
  });
});
