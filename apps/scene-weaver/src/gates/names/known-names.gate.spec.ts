import { checkKnownNames, MAX_NAME_FINDINGS } from './known-names.gate';
import { ProseReading } from '../reading/prose-reading';
import { gateInput } from '../testing/gate-input.builder';
import { SCENES } from '../testing/scenes.fixture';

function unknown(prose: string, knownNames?: string[], language = 'en'): string[] {
  const input = gateInput({ prose, ...(knownNames && { knownNames }), book: { language } });
  return checkKnownNames(input, new ProseReading(prose, language)).map(({ message }) => /"(.*?)"/.exec(message)![1]!);
}

describe('known-names gate lets pass', () => {
  test.each([
    ['known names, whole and in part', 'Then Ada Quill met Harrow, and Tom laughed at Quill.'],
    ['known names with a possessive', "It was Ada’s clock and Tom Harrow's key."],
    ['known names in the plural', 'All the Quills and the Harrows met at the Quills’ house.'],
    ['short and derived forms of known names', 'Then Addie and Tommy came; the Sorrowers met Quillian.'],
    ['accents that come and go', 'Then Ádá left.'],
    ['words of the scene design', 'She stood by the Tower in Evening light.'],
    ['a new word at the start of sentences', 'Sunset came. Sunset went. Sunset was over.'],
    ['a new word that starts quotations', 'He said, “Sunset,” and she said, “Sunset.”'],
    ['a capital after a colon or a dash', 'It was this: Sunset came — Sunset went… Sunset.'],
    ['days, months and feasts', 'On Monday and Tuesday in March, before Christmas Eve, on New Year’s Day.'],
    ['nationalities and languages', 'A Frenchman spoke in Latin to the Dutch and the Norwegians.'],
    ['famous places', 'He had lived in London, in New York and in North Yorkshire.'],
    ['ranks, kin and offices', 'Then Mother and the Harbourmaster met the Lord Mayor and the Chief Inspector.'],
    ['generic places', 'They met at the Old Town Hall on High Street by the North Gate and the Great Hall.'],
    ['interjections', 'Then, Good Lord, by God, Oh Dear, Jesus Christ, and Thank Heavens.'],
    ['I and its contractions', 'And then I said I’d go if I’m asked, I’ll swear, and I’ve sworn.'],
    ['shouting and signs', 'He cried STOP and HALT and STOP, at NO ENTRY and NO ENTRY.'],
    ['emphasis capitals on ordinary words', 'He was a Very Old Man and a Very Good One.'],
    ['a single unknown name once', 'She had read about Zebedee in a book.'],
    ['a capitalised role twice after an article', 'She bowed to the Zoarch, and the Zoarch bowed.'],
    ['a capitalised word the prose also writes small', 'The lamp. He swore by Lamp and again by Lamp.'],
    ['numbered things', 'They were in Room Twelve, in Chapter Four, on Platform Nine.'],
    ['a thing after a title', 'She believed in Lady Luck, Father Time and Mother Nature.'],
    ['a name that hardly follows "in"', 'She confided in Zebedee.'],
    ['a language that was made up', 'She spoke in Zebedan.'],
    ['a stammered known name', '“Oh, A-Ada,” he said, “come, A-Ada.”'],
    ['a contraction of a known name', 'He said Ada’d go and that Ada’ll stay.'],
    ['a known name with a hyphen', 'It was a Quill-shaped hole, Ada-like and Harrow-coloured.'],
    ['initials and abbreviations', 'It was Mr. Harrow, T. Harrow of the H.M.S., at 9 P.M.'],
    ['names in headings', '# Zebedee in Xanadu\n\nAda slept.\n\n## Zebedee Xanadu\n\nAda woke.'],
    ['nothing', ''],
  ])('%s', (_, prose) => expect(unknown(prose)).toEqual([]));

  test.each(SCENES)('the ordinary prose of $name', ({ prose, povName, cast, knownNames, pov }) => {
    const input = gateInput({ prose, knownNames, scene: { pov: povName, cast, place: 'x', beats: [] }, book: { pov } });
    expect(checkKnownNames(input, new ProseReading(prose, 'en'))).toEqual([]);
  });
});

describe('known-names gate refuses', () => {
  test.each([
    ['a first and last name inside a sentence', 'Then Marta Vex came in.', ['Marta Vex']],
    ['a first and last name at the start', 'Marta Vex came in.', ['Marta Vex']],
    ['a name with a connector', 'She was from Zebra of the Thorn.', ['Zebra of the Thorn']],
    ['an unknown name before a kind of place', 'They met in Vex Street.', ['Vex Street']],
    ['an unknown name after a title', 'She wrote to Mr Vex and to Dr. Zebulon.', ['Vex', 'Zebulon']],
    ['an unknown name after a title at the start', 'Captain Vex came in.', ['Vex']],
    ['an invented town after "in"', 'She had been born in Xanadu.', ['Xanadu']],
    ['an invented town after its kind', 'They came to the town of Xanadu.', ['Xanadu']],
    ['an invented town at the end of a road', 'She took the road to Xanadu.', ['Xanadu']],
    ['an invented town one sails for', 'They sailed for Xanadu.', ['Xanadu']],
    ['a single name inside sentences twice', 'He saw Zebedee. Nobody liked Zebedee.', ['Zebedee']],
    ['a single name once inside and once at the start', 'He saw Zebedee. Zebedee ran.', ['Zebedee']],
    ['a single name in dialogue', '“Ask, then, for Zebedee,” she said. “I told you Zebedee knows.”', ['Zebedee']],
    ['a name after a comma and a quotation', '“Go,” Zebedee said. “No,” Zebedee said.', ['Zebedee']],
    ['a capitalised body three times', 'The guild of the Zoarch, the Zoarch, and again the Zoarch.', ['Zoarch']],
    ['a known first name on another family twice', 'It was Tom Zebedee. Again, Tom Zebedee.', ['Zebedee']],
    ['a name over a wrapped line', 'She had once met the great Marta\nVex.\n\nAda slept.', ['Marta Vex']],
  ])('%s', (_, prose, names) => expect(unknown(prose)).toEqual(names));

  it('each name once, with the sentence that shows it', () => {
    const prose = 'Rain fell. Then Marta Vex came. Marta Vex sat, and Vex spoke, and Vex left.';
    expect(checkKnownNames(gateInput({ prose }), new ProseReading(prose, 'en'))).toEqual([
      {
        gate: 'known-names',
        message: '"Marta Vex" is a name that the world bible does not know.',
        quote: 'Then Marta Vex came.',
      },
    ]);
  });

  it('no more names than help', () => {
    const prose = Array.from({ length: 26 }, (_, index) => `He met Mr Q${String.fromCharCode(97 + index)}zor.`).join(
      ' ',
    );
    expect(unknown(prose)).toHaveLength(MAX_NAME_FINDINGS);
  });
});

describe('known-names gate in other languages', () => {
  it('does not judge languages that capitalise nouns', () =>
    expect(unknown('Er ging in die Stadt und sah Hans Meier und die Stadt, die Stadt, die Stadt.', [], 'de')).toEqual(
      [],
    ));

  it('does not judge scripts without capitals', () => expect(unknown('彼はザナドゥに行った。', [], 'ja')).toEqual([]));

  it('knows inflected names', () => {
    expect(unknown('Widział Adę, mówił o Adzie i o Quillu, szedł z Quillem do Harrowa.', undefined, 'pl')).toEqual([]);
    expect(unknown('Он видел Анну и говорил с Анной о Карениной.', ['Анна Каренина'], 'ru')).toEqual([]);
  });

  it('reports names of several words and names that come three times', () => {
    expect(unknown('Elle a vu Marta Vex hier.', undefined, 'fr')).toEqual(['Marta Vex']);
    expect(unknown('Elle a vu Zoé. Puis elle a vu Zoé.', undefined, 'fr')).toEqual([]);
    expect(unknown('Elle a vu Zoé, puis Zoé, puis Zoé.', undefined, 'fr')).toEqual(['Zoé']);
  });

  it('leaves the starts of sentences alone', () =>
    expect(unknown('Hier encore. Hier soir. Le Capitaine dort.', undefined, 'fr')).toEqual([]));
});
