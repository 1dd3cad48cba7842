import { indexEntry } from '../../bible/bible-entry';
import { entry } from '../../testing/entry.builder';
import { notKnown } from './not-known';

const fact = (statement: string, from: string) => ({ statement, from, until: null });
const ada = indexEntry(entry('Ada Quill', { facts: [fact('Ada counts twice.', '0.0')] }));
const clock = indexEntry(
  entry('The Salt Clock', {
    type: 'object',
    facts: [fact('The clock was sold.', '1.1'), fact('The clock will burn.', '3.2'), fact('It burns.', '3.1')],
  }),
);
const quay = indexEntry(entry('The Quay', { type: 'location', facts: [fact('The quay will be shut.', '2.1')] }));
const chosen = [ada, clock].map((one) => ({
  entry: one,
  essential: true,
  facts: one.facts.filter(({ from }) => from < '2.0'),
}));
const known = (over: Partial<Parameters<typeof notKnown>[0]> = {}) =>
  notKnown({
    entries: [quay, clock, ada],
    chosen,
    point: '1.2',
    self: ada,
    memories: [],
    learnedByOthers: [],
    ...over,
  }).map(({ statement }) => statement);

it('has what comes true later, first of what the scene is about, then of the rest', () => {
  expect(known()).toEqual(['It burns.', 'The clock will burn.', 'The quay will be shut.']);
});

it('has what only others have learned, before everything else, and not what the narrator knows too', () => {
  const learnedByOthers = ['Tobias heard that the clock was sold.', 'Tobias knows that Ada counts twice.'];
  expect(known({ learnedByOthers })[0]).toBe('The clock was sold.');
  expect(known({ learnedByOthers })).not.toContain('Ada counts twice.');
  const memories = ['was told that the clock was sold'];
  expect(known({ learnedByOthers, memories })).not.toContain('The clock was sold.');
});

it('leaves out what holds already under another date, and stays short', () => {
  const facts = Array.from({ length: 40 }, (_, n) => fact(`Something will happen ${n}.`, `4.${n + 1}`));
  const many = indexEntry(entry('Later', { type: 'history', facts: [fact('Ada counts twice.', '4.1'), ...facts] }));
  const told = known({ entries: [ada, many] });
  expect(told).toHaveLength(20);
  expect(told).not.toContain('Ada counts twice.');
});
