import { checkPov } from './pov.gate';
import { ProseReading } from './reading/prose-reading';
import { gateInput } from './testing/gate-input.builder';

type Pov = 'first' | 'third-limited' | 'third-omniscient';

const check = (pov: Pov, prose: string, language = 'en', name = 'Ada Quill') =>
  checkPov(gateInput({ prose, scene: { pov: name }, book: { pov, language } }), new ProseReading(prose, language));

describe('pov gate, third person limited', () => {
  test.each([
    ['first person in double quotes', 'Ada turned. "I know my way," she said. "Leave me."'],
    ['first person in curly quotes', 'Ada turned. “I know,” she said, “and I’m late.”'],
    ['first person in single quotes', "Ada turned. 'I know the boys' way,' she said. 'It's mine.'"],
    ['first person in guillemets', 'Ada turned. «I know», she said.'],
    ['first person in a dashed line', 'Ada turned.\n\n— I know, she said.'],
    ['a speech of several paragraphs', '“I went there,” said Ada. “I saw it.\n\n“I saw it twice.”'],
    ['a letter in a block quote', 'Ada read it.\n\n> I am well, and my cough is gone.'],
    ['a thought in italics', '*I should have known,* Ada told the wall.'],
    ['a tagged thought', 'I should have known, Ada thought.'],
    ['a quoted word', "Ada had never liked the word 'I' in a report."],
    ['a numeral', 'Ada had read Part I of the history of Elizabeth I twice.'],
    ['an exclamation', 'My God, it was cold. Ada, dear me, was old.'],
    ['a mine', 'Ada knew the salt mine. The mine was shut.'],
    ['the we of everybody', 'Ada smiled, as we all do at such times.'],
    ['the first name only', 'Then Ada left.'],
    ['the family name only', 'Then Quill left.'],
    ['a possessive', 'It was Ada’s clock.'],
    ['a name in capitals', 'ADA! The voice came from below.'],
    ['the I of another word', 'Ada sat in the I-beam’s shadow. AI hummed.'],
  ])('passes %s', (_, prose) => expect(check('third-limited', prose)).toEqual([]));

  test.each([
    ['a narrating I', 'Ada left. I followed her down.', 'I followed her down.'],
    ['a contraction', 'Ada left, and I’d follow. Rain fell.', 'Ada left, and I’d follow.'],
    ['a narrating me', 'Ada gave me the key.', 'Ada gave me the key.'],
    ['a narrating my', '“Go,” said Ada. My hands shook.', 'My hands shook.'],
    ['an I beside a quotation', 'Ada came. “Go,” I said.', '“Go,” I said.'],
    ['an I who thinks', 'Ada came. I thought of rain.', 'I thought of rain.'],
  ])('refuses %s, quoting it', (_, prose, quote) =>
    expect(check('third-limited', prose)).toEqual([
      { gate: 'pov', message: 'The narrator speaks in the first person in a scene told in the third.', quote },
    ]),
  );

  it('refuses a scene told by "we"', () => {
    const prose = 'We left Ada at ten. Our coats were wet. We ran. Nobody saw us go. We did not stop.';
    expect(check('third-limited', prose)).toHaveLength(1);
  });

  it('quotes three slips and no more', () => {
    expect(check('third-limited', `Ada came. ${'I ran on and on. '.repeat(40)}`)).toHaveLength(3);
  });

  it('refuses a scene that never names its POV character', () => {
    const [finding, ...more] = check('third-limited', 'She left. Adam stayed; the quilling went on.');
    expect(more).toEqual([]);
    expect(finding).toEqual({ gate: 'pov', message: expect.stringContaining('Ada Quill'), quote: null });
  });

  it('takes a name that is also a word', () => {
    expect(check('third-limited', 'Then Hope left.', 'en', 'Hope Vane')).toEqual([]);
    expect(check('third-limited', 'Then the captain left.', 'en', 'Captain Vane (limited)')).toEqual([]);
  });

  it('refuses empty prose for want of the name', () => expect(check('third-limited', '')).toHaveLength(1));
});

describe('pov gate, third person omniscient', () => {
  it('lets the narrator have a word', () => {
    const story = 'There was a girl. She was nine. She feared nothing. Nobody told her why. It was winter. Snow fell. ';
    expect(check('third-omniscient', `${story}And I shall tell you why.`)).toEqual([]);
  });

  it('refuses a first-person story', () => {
    const findings = check('third-omniscient', 'I ran. I fell. My knee bled. I got up. I ran on. Rain fell.');
    expect(findings).toHaveLength(1);
    expect(findings[0]!.quote).toBe('I ran.');
  });

  it('does not ask for a name', () => expect(check('third-omniscient', 'Snow fell.')).toEqual([]));
});

describe('pov gate, first person', () => {
  test.each([
    [
      'an ordinary narrator',
      'I came home. The door was open. Rain had come in. My coat dripped. Nobody was there. I sat.',
    ],
    ['a narrator who says we', 'We came home. The door was open. It rained. Our coats dripped. Nobody came. We sat.'],
    ['a narrator called by name', 'I came in. “Ada,” he said. I nodded. Ada Quill, that was me. I sat. He left.'],
    ['dialogue alone', '“Come in.”\n\n“Why?”\n\n“Because.”\n\n“No.”\n\n“Yes.”\n\n“Oh.”'],
    ['too little to judge by', 'Rain fell. The door was open.'],
  ])('passes %s', (_, prose) => expect(check('first', prose)).toEqual([]));

  it('refuses a scene told in the third person, quoting where the narrator is seen from outside', () => {
    const prose = 'Rain fell. Ada came home. “I am wet,” she said. The door was open. She sat. Nobody came.';
    expect(check('first', prose)).toEqual([
      { gate: 'pov', message: expect.stringContaining('Nothing outside dialogue'), quote: 'Ada came home.' },
    ]);
  });

  it('refuses a scene that falls out of the first person', () => {
    const prose = `I came home. ${'Ada sat down and waited for rain. '.repeat(8)}`;
    expect(check('first', prose)).toEqual([
      {
        gate: 'pov',
        message: expect.stringContaining('Most of the scene'),
        quote: 'Ada sat down and waited for rain.',
      },
    ]);
  });
});

describe('pov gate, other languages', () => {
  it('looks for no English pronouns', () => {
    expect(check('third-limited', 'Me dijo Ada que sí. I lei me la diede.', 'es')).toEqual([]);
    expect(check('first', 'Ada kam. Ada ging. Ada sah. Ada lief. Ada fiel.', 'de')).toEqual([]);
  });

  it('finds an inflected name', () => {
    expect(check('third-limited', 'Widział Adę.', 'pl')).toEqual([]);
    expect(check('third-limited', 'Он увидел Анну.', 'ru', 'Анна Каренина')).toEqual([]);
    expect(check('third-limited', '彼は花子を見た。', 'ja', '花子')).toEqual([]);
  });

  it('misses a name that is not there', () => {
    expect(check('third-limited', 'Ella se fue.', 'es')).toHaveLength(1);
    expect(check('third-limited', 'Она ушла.', 'ru', 'Анна')).toHaveLength(1);
  });
});
