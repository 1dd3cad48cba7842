import type { SceneDesign } from '@fiction/contracts';
import type { UnlearnedFact } from '../gate-input';
import { ProseReading } from '../reading/prose-reading';
import { gateInput } from '../testing/gate-input.builder';
import { checkKnowledge } from './knowledge.gate';

type Pov = 'first' | 'third-limited' | 'third-omniscient';

const THIEF: UnlearnedFact = { entry: 'Tom Harrow', statement: 'Tom Harrow is the thief' };
const ADOPTED: UnlearnedFact = { entry: 'Ada Quill', statement: 'Ada Quill is adopted.' };
const tower = (statement: string): UnlearnedFact => ({ entry: 'the Salt Tower', statement });

function quotes(
  fact: UnlearnedFact,
  prose: string,
  {
    pov = 'third-limited',
    language = 'en',
    scene = {},
  }: { pov?: Pov; language?: string; scene?: Partial<SceneDesign> } = {},
): (string | null)[] {
  const input = gateInput({ prose, notKnown: [fact], book: { pov, language }, scene });
  return checkKnowledge(input, new ProseReading(prose, language)).map(({ quote }) => quote);
}

describe('knowledge gate refuses', () => {
  test.each<[string, UnlearnedFact, string]>([
    ['what the narration affirms', THIEF, 'Tom was the thief.'],
    ['the same after a conjunction', THIEF, 'Rain fell, and Tom Harrow was the thief.'],
    ['the same with more behind it', THIEF, 'Tom was the thief, and there it ended.'],
    ['what she is said to know', THIEF, 'Ada knew that Tom was the thief.'],
    ['what she is said to see at once', THIEF, 'She had always known Harrow was the thief.'],
    ['a tagged thought', THIEF, 'Tom was the thief, she thought.'],
    ['a thought in italics', THIEF, '*Tom is the thief,* Ada thought.'],
    ['her own words', THIEF, '“Tom is the thief,” said Ada.'],
    ['her own words, tag first', THIEF, 'Ada said, “Tom is the thief.”'],
    ['her own words in single quotes', THIEF, "'Tom is the thief,' said Ada."],
    ['what she says of herself', ADOPTED, '“I’m adopted,” said Ada.'],
    ['what she does not know of herself', ADOPTED, 'Ada was adopted.'],
    ['a denial', { entry: 'Tom Harrow', statement: 'Tom is not the keeper' }, 'Tom was not the keeper.'],
    ['a death', { entry: 'Tom Harrow', statement: 'Tom Harrow is dead' }, 'By then Tom slept, and Tom died.'],
    ['an opposite of what is denied', { entry: 'Tom Harrow', statement: 'Tom Harrow is not alive' }, 'Tom was dead.'],
    ['a thing somebody has', { entry: 'Tom Harrow', statement: 'Tom has a brother' }, 'Tom had a brother.'],
    ['a thing somebody lacks', { entry: 'Tom Harrow', statement: 'Tom has no brother' }, 'Tom had no brother.'],
    ['a number', tower('The Salt Tower has seven bells'), 'The Salt Tower had 7 bells.'],
    ['a colour', tower('The Salt Tower is white'), 'The Salt Tower was white.'],
    ['a year', tower('The Salt Tower was built in 1871'), 'The Salt Tower was built in 1871 by a fool.'],
    ['an age', { entry: 'Tom Harrow', statement: 'Tom is forty' }, 'Tom was 40 years old.'],
    ['where a thing is', { entry: 'the key', statement: 'The key is in the clock' }, 'The key was in the clock.'],
    ['an event, to the letter', { entry: 'Tom Harrow', statement: 'Tom hid the brass key' }, 'Tom hid the brass key.'],
    ['a lie, to the letter', { entry: 'Tom Harrow', statement: 'Tom lied to Ada' }, 'Tom lied to Ada, and it rained.'],
  ])('%s, quoting the sentence', (_, fact, sentence) => {
    const prose = `Rain fell on the harbour.\n\n${sentence}\n\nNobody spoke.`;
    expect(quotes(fact, prose)).toEqual([sentence]);
  });

  it('what she says in the paragraph that tells what she does', () =>
    expect(quotes(THIEF, 'Ada turned. “Tom is the thief.”')).toEqual(['“Tom is the thief.”']));

  it('the same of a narrator who says "I"', () => {
    const first = { pov: 'first' as const };
    expect(quotes(THIEF, 'I sat. Tom was the thief. It rained.', first)).toEqual(['Tom was the thief.']);
    expect(quotes(THIEF, 'I sat. I knew that Tom was the thief.', first)).toEqual(['I knew that Tom was the thief.']);
    expect(quotes(THIEF, '“Tom is the thief,” I said.', first)).toHaveLength(1);
    expect(quotes(ADOPTED, 'It rained. I was adopted.', first)).toEqual(['I was adopted.']);
  });

  it('what is told before it is learned', () =>
    expect(quotes(THIEF, 'Tom was the thief. “Tom is the thief,” said Mrs. Pell.')).toEqual(['Tom was the thief.']));
});

describe('knowledge gate lets pass', () => {
  test.each<[string, UnlearnedFact, string]>([
    ['what others say', THIEF, '“Tom is the thief,” said Mrs. Pell.'],
    ['what nobody is said to say', THIEF, '“Tom is the thief.”'],
    ['what somebody says to her', THIEF, '“Tom is the thief,” he told Ada. “Tom is the thief,” he said to Ada.'],
    [
      'what she is told, from then on',
      THIEF,
      '“Tom is the thief,” said Mrs. Pell.\n\nTom was the thief. Ada sat down.',
    ],
    [
      'what she is told in pieces',
      THIEF,
      '“It was Tom.”\n\n“What was?”\n\n“He’s the thief, Ada.”\n\nTom was the thief.',
    ],
    ['what she reads', THIEF, 'The letter named the thief: Tom. Tom was the thief.'],
    ['what hers say', THIEF, 'Ada’s brother said, “Tom is the thief.”'],
    ['what she hears', THIEF, 'Ada listened to the wall. “Tom is the thief.”'],
    ['what somebody says whom she sees', THIEF, 'Ada turned to Mrs. Pell. “Tom is the thief.”'],
    ['what she hears while she does something', THIEF, 'Ada looked up. “Tom is the thief,” an old sailor said.'],
    ['what nobody can tell who says', THIEF, 'Ada stood there and he sat down by the wall. “Tom is the thief.”'],
    ['what is said at the same time', THIEF, '“Tom is the thief,” he said, and Ada said nothing.'],
    ['a letter that is shown', THIEF, '> Tom Harrow is the thief. Burn this.\n\nTom was the thief.'],
    [
      'a guess',
      THIEF,
      'Perhaps Tom was the thief. Ada thought Tom was the thief. “I think Tom is the thief,” said Ada.',
    ],
    ['a question', THIEF, 'Tom was the thief? “Tom is the thief?” said Ada.'],
    [
      'a condition',
      THIEF,
      'If Tom was the thief, then the tide was late. Had Ada known that Tom was the thief, she might laugh.',
    ],
    [
      'what she does not know',
      THIEF,
      'Ada did not know that Tom was the thief. She never knew that Tom was the thief.',
    ],
    ['what others do not believe', THIEF, 'Nobody believed that Tom was the thief.'],
    ['a denial', THIEF, 'Tom was not the thief. “Tom is not the thief,” said Ada.'],
    ['another predicate', THIEF, 'Tom was the thief of time. Tom was a thief. Tom was there.'],
    ['somebody else', THIEF, 'The brother of Tom was the thief. Pell was the thief. Tom Pell was the thief.'],
    ['a pronoun', THIEF, 'He was the thief.'],
    ['a rumour', THIEF, 'They said Tom was the thief. The story went: Tom was the thief.'],
    ['a comparison', THIEF, 'Like a shadow, Tom was the thief.'],
    ['another number', tower('The Salt Tower has seven bells'), 'The Salt Tower had five bells.'],
    ['another colour', tower('The Salt Tower is white'), 'The Salt Tower was grey. The Salt Tower was tall.'],
    ['another age', { entry: 'Tom Harrow', statement: 'Tom is forty' }, 'Tom was thirty. Tom was forty steps ahead.'],
    ['part of an event', { entry: 'Tom Harrow', statement: 'Tom hid the key' }, 'Tom hid the key ring. Tom hid.'],
    ['what a crowd says of itself', ADOPTED, '“I am adopted,” said Tom.'],
    ['where she is', { entry: 'Ada Quill', statement: 'Ada is in the cellar' }, 'Ada was in the cellar.'],
    ['no prose', THIEF, ''],
  ])('%s', (_, fact, prose) => expect(quotes(fact, prose)).toEqual([]));

  it('what the scene is there for', () => {
    const outcome = { scene: { outcome: 'Ada finds out that Tom Harrow is the thief.' } };
    expect(quotes(THIEF, 'Tom was the thief.', outcome)).toEqual([]);
    const beats = { scene: { beats: [{ text: 'Tom admits he is the thief', mentions: ['thief'] }] } };
    expect(quotes(THIEF, 'Tom was the thief.', beats)).toEqual([]);
    expect(quotes(THIEF, 'Tom was the thief.', { scene: { goal: 'to catch the thief' } })).toHaveLength(1);
  });

  it('everything to an omniscient narrator, and what it cannot read', () => {
    expect(quotes(THIEF, 'Tom was the thief.', { pov: 'third-omniscient' })).toEqual([]);
    expect(quotes(THIEF, 'Tom was the thief.', { language: 'fr' })).toEqual([]);
  });

  it('a narrator’s "I" that is not the one who does not know', () =>
    expect(quotes({ entry: 'Tom Harrow', statement: 'Tom is adopted' }, 'I was adopted.', { pov: 'first' })).toEqual(
      [],
    ));
});

it('names whom it concerns and the fact, one finding a fact, in the order of the prose', () => {
  const prose = 'Rain fell. Ada was adopted. Tom was the thief. Tom was the thief.';
  const input = gateInput({ prose, notKnown: [THIEF, ADOPTED] });
  expect(checkKnowledge(input, new ProseReading(prose, 'en'))).toEqual([
    { gate: 'knowledge', message: expect.stringContaining('"Ada Quill is adopted."'), quote: 'Ada was adopted.' },
    {
      gate: 'knowledge',
      message: 'Ada Quill has not learned this yet, and so can neither tell nor think it: "Tom Harrow is the thief"',
      quote: 'Tom was the thief.',
    },
  ]);
});
