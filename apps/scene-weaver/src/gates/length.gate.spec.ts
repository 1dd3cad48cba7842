import { checkLength } from './length.gate';
import { ProseReading } from './reading/prose-reading';
import { gateInput } from './testing/gate-input.builder';

const check = (prose: string, targetWords: number, language = 'en') =>
  checkLength(gateInput({ targetWords, book: { language } }), new ProseReading(prose, language));
const words = (count: number): string => 'word '.repeat(count);

describe('length gate', () => {
  test.each([50, 51, 100, 199, 200])('passes %i words where 100 were asked for', (count) =>
    expect(check(words(count), 100)).toEqual([]),
  );

  test.each([0, 1, 49, 201, 5000])('refuses %i words where 100 were asked for', (count) =>
    expect(check(words(count), 100)).toHaveLength(1),
  );

  it('says how long the scene is and how long it may be', () =>
    expect(check(words(201), 100)).toEqual([
      {
        gate: 'length',
        message: 'The scene is too long: 201 words, where 100 were asked for and 50 to 200 pass.',
        quote: null,
      },
    ]));

  it('rounds the bounds inwards', () => {
    expect(check(words(15), 31)).toHaveLength(1);
    expect(check(words(16), 31)).toEqual([]);
    expect(check(words(62), 31)).toEqual([]);
  });

  it('counts the words of a language without spaces', () => {
    expect(check('塩の時計が止まった。'.repeat(10), 60, 'ja')).toEqual([]);
  });

  it('reads 5,000 words of an accepted scene', () => expect(check(words(5000), 4000)).toEqual([]));
});
