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

  const told = 'The tide was out.\n\n“Is it?” Ada asked.\n\nTom *nodded*—\n\nNobody came to the door.';

  it.each(['She went down to the wat', 'There she was, at last,', 'It was, in the year 1911'])(
    'refuses a scene that breaks off: %j',
    (end) => {
      expect(check(`${told}\n\nShe slept. ${end}`, 25)).toEqual([
        {
          gate: 'length',
          message: 'The scene breaks off in the middle of a sentence; bring it to its end.',
          quote: end,
        },
      ]);
    },
  );

  it.each([
    ['ends with a speech', `${told}\n\n“So did I,” she said to him. “Once.”`],
    ['ends with a dash', `${told}\n\nAnd then she turned round and—`],
    ['ends with emphasis', `${told}\n\nShe knew it for what it was: *the clock.*`],
    ['ends with a name below a letter', `${told}\n\n> Come at once.\n\nAda Quill`],
    ['ends with a sign', `${told}\n\nNO SALT SOLD HERE TODAY`],
    ['ends with a letter', `${told}\n\n> I have the key, and will wait`],
    ['ends its paragraphs so', `${told}\n\nthe tide came in\n\nand went out again\n\nand nobody was there`],
  ])('passes a scene that %s', (_what, prose) => {
    expect(check(prose, 25)).toEqual([]);
  });

  it('passes a language without full stops', () => {
    expect(check(Array(6).fill('เธอเดินไปที่หน้าต่าง แล้วก็ มองออกไป ข้างนอก').join('\n\n'), 40, 'th')).toEqual([]);
  });
});
