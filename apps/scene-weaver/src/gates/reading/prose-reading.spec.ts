import fc from 'fast-check';
import { foldText } from './fold';
import { ProseReading } from './prose-reading';

const read = (text: string, language = 'en'): ProseReading => new ProseReading(text, language);
const sentences = (text: string): string[] => read(text).sentences.map(({ start, end }) => text.slice(start, end));
const paragraphs = (text: string): string[] => read(text).paragraphs.map(({ start, end }) => text.slice(start, end));
const spoken = (text: string, language = 'en'): string[] =>
  read(text, language).utterances.map(({ start, end }) => text.slice(start, end).trim());

describe('paragraphs', () => {
  it('are parted by blank lines', () =>
    expect(paragraphs('One.\n\nTwo.\n \nThree.')).toEqual(['One.', 'Two.', 'Three.']));

  it('are parted by single line breaks where there are no blank lines', () =>
    expect(paragraphs('One.\nTwo.\r\nThree.')).toEqual(['One.', 'Two.', 'Three.']));

  it('go on over the line breaks of prose wrapped by hand', () =>
    expect(paragraphs('One line\nand another.\n\nTwo.')).toEqual(['One line\nand another.', 'Two.']));

  it('know headings, scene breaks and block quotes', () =>
    expect(read('# A\n\nb\n\n***\n\n> c').paragraphs.map(({ kind }) => kind)).toEqual([
      'heading',
      'prose',
      'rule',
      'quoted',
    ]));
});

describe('sentences', () => {
  test.each([
    ['She ran. He stayed!  Why?', ['She ran.', 'He stayed!', 'Why?']],
    ['“Stop!” she said. “Now.” He did.', ['“Stop!” she said.', '“Now.”', 'He did.']],
    ['Mr. Vex met Dr. J. Pell at 4.30 p.m. sharp.', ['Mr. Vex met Dr. J. Pell at 4.30 p.m. sharp.']],
    ['It was I. Nobody else was.', ['It was I.', 'Nobody else was.']],
    ['Wait… Listen. and so on', ['Wait…', 'Listen. and so on']],
    ['彼女は走った。彼は待った。', ['彼女は走った。', '彼は待った。']],
    ['no stop at all', ['no stop at all']],
    ['', []],
  ])('%s', (text, expected) => expect(sentences(text)).toEqual(expected));
});

describe('utterances', () => {
  test.each([
    ['“I know,” she said, “and so do you.”', ['“I know,”', '“and so do you.”']],
    ['"I know," she said.', ['"I know,"']],
    ["'I know,' she said.", ["'I know,'"]],
    ['‘I’ve told you,’ she said. The boys’ room was shut.', ['‘I’ve told you,’']],
    ["The dogs' bowls and the boys' boots", []],
    ["'Give 'em the lads' boots,' he said.", ["'Give 'em the lads' boots,'"]],
    ["'Tis late and the dogs' bowls are empty.", []],
    ["The word 'I' is short.", ["'I'"]],
    ['«Je viens», dit-elle.', ['«Je viens»']],
    ['»Ich komme«, sagte sie.', ['»Ich komme«']],
    ['„Ich komme“, sagte sie.', ['„Ich komme“']],
    ['”Jag kommer”, sa hon.', ['”Jag kommer”']],
    ['「行く」と彼女は言った。', ['「行く」']],
    ['— I am coming, said Stephen.', ['— I am coming, said Stephen.']],
    ['“He said ‘I am’ to me,” she said.', ['“He said ‘I am’ to me,”']],
    ['“A speech of two paragraphs', ['“A speech of two paragraphs']],
    ['A plank 6" wide, she thought.', []],
    ['*They know,* she thought, and _left_.', ['*They know,*', '_left_']],
    ['2 * 3 * 4', []],
    ['> Dear Ada, I am well.', ['> Dear Ada, I am well.']],
  ])('%s', (text, expected) => expect(spoken(text)).toEqual(expected));

  it('give the word back to the narrator at a second dash, outside English', () =>
    expect(spoken('—Hola —dijo ella—. ¿Vienes?', 'es')).toEqual(['—Hola', '—. ¿Vienes?']));

  it('are blotted out of the narration without moving it', () => {
    const text = '“Go,” I said.';
    expect(read(text).narration).toBe('""""" I said.');
  });
});

describe('foldText', () => {
  test.each([
    ['The Harbour-Master’s  key', 'the harbour master key'],
    ["the boys' room", 'the boys room'],
    ['Don’t — STOP…', 'dont stop'],
    ['Cafe\u0301', 'café'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['ﬁne', 'fine'],
    ['Ёлка-да', 'ёлка да'],
  ])('%s → %s', (text, folded) => expect(foldText(text)).toBe(folded));

  it('is idempotent for letters and punctuation', () => {
    fc.assert(fc.property(fc.lorem(), (text) => expect(foldText(foldText(text))).toBe(foldText(text))));
  });
});

it('keeps every span inside the text, in order and without overlap, whatever the text', () => {
  const text = fc
    .array(fc.constantFrom(...'aI.!? \n"“”\'’‘«»—*_#>…'.split('')), { maxLength: 80 })
    .map((c) => c.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (prose) => {
      const reading = read(prose);
      expect(reading.narration).toHaveLength(prose.length);
      for (const spans of [reading.paragraphs, reading.sentences, reading.utterances]) {
        let last = 0;
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(prose.length);
      }
    }),
    { numRuns: 1500 },
  );
});
