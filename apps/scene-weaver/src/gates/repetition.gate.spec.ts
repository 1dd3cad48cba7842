import { ProseReading } from './reading/prose-reading';
import { checkRepetition } from './repetition.gate';
import { gateInput } from './testing/gate-input.builder';

const check = (prose: string, otherPassages?: string[], language = 'en') =>
  checkRepetition(gateInput({ prose, otherPassages, book: { language } }), new ProseReading(prose, language));

const PARAGRAPH = 'The clock had stopped at ten, and nobody dared to wind it.';
const SENTENCE = 'She climbed the narrow stairs again and counted every one of the hundred steps.';

describe('repetition gate', () => {
  it('refuses a repeated paragraph, quoting the second', () => {
    const again = 'The clock had stopped at ten – and nobody dared to wind it!';
    expect(check(`${PARAGRAPH}\n\nAda waited.\n\n${again}`)).toEqual([
      { gate: 'repetition', message: 'This paragraph repeats an earlier one.', quote: again },
    ]);
  });

  it('reports a paragraph once, however often it comes', () =>
    expect(check(Array(9).fill(PARAGRAPH).join('\n\n'))).toHaveLength(1));

  it('lets a short refrain pass', () =>
    expect(check('He waited for the tide.\n\nRain.\n\nHe waited for the tide.')).toEqual([]));

  it('lets a changed word pass', () =>
    expect(check(`${PARAGRAPH}\n\n${PARAGRAPH.replace('nobody', 'no one')}`)).toEqual([]));

  it('refuses a long sentence that comes three times within different paragraphs', () => {
    const findings = check(`One. ${SENTENCE}\n\nTwo. ${SENTENCE}\n\nThree. ${SENTENCE} Four.`);
    expect(findings).toEqual([{ gate: 'repetition', message: expect.stringContaining('3 times'), quote: SENTENCE }]);
  });

  it('lets a long sentence come twice and a short one often', () => {
    expect(check(`One. ${SENTENCE}\n\nTwo. ${SENTENCE}`)).toEqual([]);
    expect(check('Nothing ticked. A. Nothing ticked. B. Nothing ticked. C. Nothing ticked.')).toEqual([]);
  });

  it('refuses a paragraph copied from the scene before, even where its passage was cut', () => {
    const tail = `of the stairs, and went home.\n\n${PARAGRAPH} Then the lamp went out.`;
    expect(check(`Morning came.\n\n${PARAGRAPH}`, [tail])).toEqual([
      { gate: 'repetition', message: expect.stringContaining('copied'), quote: PARAGRAPH },
    ]);
  });

  it('lets a new scene share short paragraphs with the one before', () => {
    expect(check('“Yes.”\n\nHe nodded.\n\nAnd so on.', ['“Yes.”\n\nHe nodded.'])).toEqual([]);
    expect(check('', [PARAGRAPH])).toEqual([]);
  });

  it('ignores repeated scene breaks and headings', () =>
    expect(check('# One\n\na\n\n* * *\n\nb\n\n* * *\n\n# One')).toEqual([]));

  it('counts words in scripts without spaces', () => {
    const paragraph = '塩の時計が夜の十時に止まって、誰も直そうとしなかった。';
    expect(check(`${paragraph}\n\nそして。\n\n${paragraph}`, undefined, 'ja')).toHaveLength(1);
  });
});
