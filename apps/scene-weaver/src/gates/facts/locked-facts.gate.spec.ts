import type { LockedFact } from '../gate-input';
import { checkLockedFacts } from './locked-facts.gate';
import { ProseReading } from '../reading/prose-reading';
import { gateInput } from '../testing/gate-input.builder';

function quotes(fact: LockedFact | string, prose: string, language = 'en'): (string | null)[] {
  const locked = typeof fact === 'string' ? { entry: 'Ada Quill', statement: fact } : fact;
  const input = gateInput({ prose, lockedFacts: [locked], book: { language } });
  return checkLockedFacts(input, new ProseReading(prose, language)).map(({ quote }) => quote);
}
const tower = (statement: string): LockedFact => ({ entry: 'the Salt Tower', statement });

describe('locked-facts gate refuses', () => {
  test.each<[string, LockedFact | string, string]>([
    ['a plain denial', 'Ada Quill is the keeper of the clock.', 'Ada was not the keeper of the clock.'],
    ['a contracted denial', 'Ada is a keeper.', 'Ada wasn’t a keeper.'],
    ['"no longer"', 'Ada is the keeper', 'Ada Quill was no longer the keeper.'],
    ['a denied negation', 'Ada is not a thief', 'But Ada was a thief.'],
    ['an opposite', 'Ada Quill is alive', 'Ada was dead.'],
    ['a death', 'Ada Quill is alive', 'That night Quill slept, and Ada died.'],
    ['an opposite after a conjunction', 'Ada Quill is married', 'Rain fell, and Quill was unmarried.'],
    ['an opposite of a place', tower('The Salt Tower is uninhabited'), 'The Salt Tower was inhabited.'],
    ['a pronoun in the statement', { entry: 'Salt Tower', statement: 'It is sealed.' }, 'The Salt Tower was open.'],
    ['other eyes', 'Ada has green eyes', 'Ada’s brown eyes closed.'],
    ['other eyes, as a predicate', 'Ada Quill’s eyes are blue', 'Ada’s eyes were brown.'],
    ['other hair', 'Ada has black hair', 'Ada had red hair, cut short.'],
    ['another colour', tower('The Salt Tower is white'), 'The Salt Tower was black.'],
    ['another number', tower('The Salt Tower has seven bells'), 'The Salt Tower had five bells.'],
    ['another number in digits', tower('The Salt Tower has 7 bells'), 'The Salt Tower had 12 bells.'],
    [
      'another number, presupposed',
      tower('The Salt Tower has seven bells'),
      'At noon the Salt Tower’s five bells rang.',
    ],
    ['another age', 'Ada is forty-two years old', 'Ada was forty-five.'],
    ['another age in a phrase', 'Ada Quill is forty-two', 'Forty-year-old Ada did not answer.'],
    ['another age in apposition', 'Ada is 42', 'Ada, fifty, climbed the stairs.'],
    ['another year', tower('The Salt Tower was built in 1871.'), 'The Salt Tower was built in 1902 by a fool.'],
    ['a thing one has', 'Ada has no brother', 'Ada had a brother.'],
    ['a thing one lacks', 'Ada has a brother', 'Ada had no brother.'],
  ])('%s, quoting the sentence', (_, fact, sentence) => {
    const prose = `Rain fell on the harbour. ${sentence} Nobody spoke.`;
    expect(quotes(fact, prose)).toEqual([sentence]);
  });
});

describe('locked-facts gate lets pass', () => {
  test.each<[string, LockedFact | string, string]>([
    ['the fact itself', 'Ada is alive', 'Ada was alive.'],
    ['a figure of speech', 'Ada is alive', 'Ada was dead tired. Ada was dead on her feet. Ada was dead to the world.'],
    ['what characters say', 'Ada is alive', '“Ada was dead,” said Tom. “Ada is dead.”'],
    ['a condition', 'Ada is alive', 'If the rope broke, Ada was dead.'],
    ['an appearance', 'Ada is alive', 'It seemed that Ada was dead. He thought Ada was dead.'],
    ['a report', 'Ada is alive', 'They told him. The story ran on: Ada was dead.'],
    ['a question', 'Ada is alive', 'Ada was dead?'],
    ['a comparison', 'Ada is alive', 'Like her father, Ada was dead.'],
    ['a time before', 'Ada is married', 'Ada was unmarried once. Ada had been unmarried.'],
    ['somebody else', 'Ada is alive', 'The mother of Ada was dead. Tom was dead. Ada Pell was dead.'],
    ['a longer predicate', 'Ada is a keeper', 'Ada was not a keeper of promises.'],
    ['a pronoun', 'Ada is alive', 'She was dead.'],
    ['eyes red from crying', 'Ada has green eyes', 'Ada’s eyes were red. Ada’s red eyes closed.'],
    ['a shade of the same colour', 'Ada has grey eyes', 'Ada’s blue eyes closed. Ada’s slate eyes closed.'],
    ['another part', 'Ada has green eyes', 'Ada’s brown coat hung there. Ada’s black hair was wet.'],
    ['somebody else’s eyes', 'Ada has green eyes', 'Ada met his brown eyes. Tom’s brown eyes met Ada’s.'],
    ['hair in some light', 'Ada has black hair', 'Ada’s hair was red in the glow. Ada’s hair was white with salt.'],
    ['a blushing person', 'Ada is fair', 'Ada was red. Ada was green.'],
    [
      'some of many',
      tower('The Salt Tower has seven bells'),
      'Two of the Salt Tower’s bells rang. The Salt Tower had two bells in the east.',
    ],
    ['the same number in other letters', tower('The Salt Tower has seven bells'), 'The Salt Tower had 7 bells.'],
    ['the same age in other letters', 'Ada is 42 years old', 'Ada was forty-two.'],
    ['an age at another time', 'Ada is forty-two', 'When the tower fell, Ada was seven. Ada was seven then.'],
    ['a number that is no age', 'Ada is forty-two', 'Ada was seven steps ahead. Ada was one of them.'],
    ['another deed in another year', tower('The Salt Tower was built in 1871'), 'The Salt Tower was sold in 1902.'],
    ['a fact of another shape', 'Nobody may wind the clock after dark', 'Tom could wind the clock after dark.'],
    ['no prose', 'Ada is alive', ''],
  ])('%s', (_, fact, prose) => expect(quotes(fact, prose)).toEqual([]));

  it('a family name that others bear', () => {
    const prose = 'Quill was dead.';
    const input = gateInput({
      prose,
      knownNames: ['Ada Quill', 'Josiah Quill'],
      lockedFacts: [{ entry: 'Ada Quill', statement: 'Ada Quill is alive' }],
    });
    expect(checkLockedFacts(input, new ProseReading(prose, 'en'))).toEqual([]);
  });

  it('a contradiction in a language it cannot read', () =>
    expect(quotes('Ada is alive', 'Ada was dead.', 'fr')).toEqual([]));
});

describe('forbidden phrases', () => {
  const fact: LockedFact = {
    entry: 'law',
    statement: 'Nobody may wind the clock',
    forbids: ['wound the clock', 'Uhr'],
  };

  it('must not appear, whoever says them', () => {
    expect(quotes(fact, 'Rain fell. Ada wound the clock. Rain fell.')).toEqual(['Ada wound the clock.']);
    expect(quotes(fact, 'Rain fell. “He wound\nthe Clock’s spring,” she said.')).toHaveLength(1);
    expect(quotes(fact, 'Ada rewound the clocks.')).toEqual([]);
  });

  it('are looked for in every language', () =>
    expect(quotes(fact, 'Die Uhr stand.', 'de')).toEqual(['Die Uhr stand.']));

  it('are found across the end of a sentence', () =>
    expect(quotes({ ...fact, forbids: ['fell he'] }, 'Rain fell. He left.')).toEqual(['Rain fell. He left.']));
});

it('names the entry and the fact, one finding a fact, in the order of the prose', () => {
  const prose = 'Rain fell. Ada was dead. Ada’s blue eyes closed. Ada was dead.';
  const input = gateInput({
    prose,
    lockedFacts: [
      { entry: 'Ada Quill', statement: 'Ada has brown eyes' },
      { entry: 'Ada Quill', statement: 'Ada is alive' },
    ],
  });
  expect(checkLockedFacts(input, new ProseReading(prose, 'en'))).toEqual([
    {
      gate: 'locked-facts',
      message: 'The prose contradicts a locked fact about Ada Quill: "Ada is alive"',
      quote: 'Ada was dead.',
    },
    {
      gate: 'locked-facts',
      message: 'The prose contradicts a locked fact about Ada Quill: "Ada has brown eyes"',
      quote: 'Ada’s blue eyes closed.',
    },
  ]);
});
