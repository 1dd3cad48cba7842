import { nameKey, placeOfKey, searchableText } from './name-key';

const finds = (name: string, text: string): boolean => placeOfKey(nameKey(name), searchableText(text)) !== -1;

describe('nameKey', () => {
  it.each([
    ['The Salt Clock', 'salt clock'],
    ['  salt-clock ', 'salt clock'],
    ['Ada  QUILL', 'ada quill'],
    ['Ｏｋａｆｏｒ', 'okafor'],
    ['Zoë', 'zoë'],
    ['The', 'the'],
    ['?!', '?!'],
    ['塩の時計', '塩の時計'],
  ])('knows %p by %p', (name, key) => expect(nameKey(name)).toBe(key));
});

describe('placeOfKey', () => {
  it('finds a name as whole words, whatever the case, article and punctuation', () => {
    expect(finds('The Salt Clock', 'She looks at a salt-clock, and away.')).toBe(true);
    expect(finds('Quill', 'It is Quill’s.')).toBe(true);
    expect(finds('Ada', 'The Adagio')).toBe(false);
  });

  it('finds a name in a script without spaces inside a sentence', () => {
    expect(finds('塩の時計', '彼女は塩の時計を見る。')).toBe(true);
  });

  it('does not find a single letter', () => {
    expect(finds('K', 'I met K in the castle')).toBe(false);
  });
});
