import fc from 'fast-check';
import { indexEntry } from '../bible/bible-entry';
import { comparePoints, holdsAt, storyPoint } from '../bible/story-time';
import { droppedFact } from '../telling/fact-id';
import { entry } from '../testing/entry.builder';
import { byStory, changesByOwner, type Delta } from './delta';
import { tellFacts, tellNames } from './tell-deltas';

const STATEMENTS = ['The door is shut.', 'The lamp burns.', 'Ada has the key.'];
/** The same said otherwise: case and punctuation make no difference. */
const otherwise = (statement: string): string => statement.toUpperCase().replace('.', '!');

function delta(over: Partial<Delta>): Delta {
  const base = { kind: 'fact-begins', entry_key: 'ada quill', statement: 'x', target: '', position: 0 } as const;
  const at = { chapter: 1, scene: 1, ...over };
  return { ...base, scene_id: `${at.chapter}-${at.scene}`, ...at };
}

const anyDeltas = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Delta['kind'][]>('fact-begins', 'fact-ends'),
      chapter: fc.integer({ min: 1, max: 3 }),
      scene: fc.integer({ min: 1, max: 12 }),
      statement: fc.constantFrom(...STATEMENTS, ...STATEMENTS.map(otherwise)),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((one, position) => delta({ ...one, position })).sort(byStory));

/** What is true when the scene at `point` begins, said plainly: the last word before it counts. */
function trueAt(point: string, statement: string, deltas: readonly Delta[]): boolean {
  const said = deltas.filter(
    (one) =>
      comparePoints(storyPoint(one), point) < 0 &&
      one.statement.toLowerCase().startsWith(statement.toLowerCase().slice(0, -1)),
  );
  const last = said.at(-1);
  return last === undefined ? statement === STATEMENTS[0] : last.kind === 'fact-begins';
}

it('tells at every scene what the scenes before it have left true', () => {
  const own = indexEntry(entry('Ada Quill', { facts: [{ statement: STATEMENTS[0]!, from: '0.0', until: null }] }));
  fc.assert(
    fc.property(
      anyDeltas,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
      (deltas, chapter, scene) => {
        const point = storyPoint({ chapter, scene });
        const before = deltas.filter((one) => comparePoints(storyPoint(one), point) < 0);
        const told = tellFacts(own, before).filter((fact) => holdsAt(fact, point));
        const holding = STATEMENTS.filter((statement) => trueAt(point, statement, deltas));
        expect(told.map((fact) => fact.statement.toLowerCase().replace(/[.!]/, '')).sort()).toEqual(
          holding.map((statement) => statement.toLowerCase().replace('.', '')).sort(),
        );
      },
    ),
  );
});

it('does not end what begins only later, nor what has ended before', () => {
  const facts = [
    { statement: 'It snows.', from: '3.1', until: null },
    { statement: 'It rains.', from: '0.0', until: '1.2' },
  ];
  const own = indexEntry(entry('Ada Quill', { facts }));
  const ends = ['It snows.', 'It rains.'].map((statement) => delta({ kind: 'fact-ends', statement, chapter: 2 }));
  expect(tellFacts(own, ends)).toEqual(facts.map((fact) => ({ ...fact, sceneId: null })));
});

it('leaves out what a person has taken away, and tells it when it begins again', () => {
  const dropped = [droppedFact('It is torn.', '1.1')];
  const own = indexEntry({ ...entry('Ada Quill', { facts: [] }), dropped });
  const begins = [1, 2].map((chapter) => delta({ statement: 'It is torn.', chapter }));
  expect(tellFacts(own, begins).map((fact) => fact.from)).toEqual(['2.1']);
});

it('gives and takes names and relations, in the order of the story', () => {
  const own = indexEntry(
    entry('Ada Quill', { aliases: ['Quill'], relations: [{ to: 'The Office', kind: 'works for' }] }),
  );
  const told = tellNames(own, [
    delta({ kind: 'alias-added', statement: 'quill' }),
    delta({ kind: 'alias-added', statement: 'Salt Ada' }),
    delta({ kind: 'relation-ends', statement: 'Works for', target: 'the office' }),
    delta({ kind: 'relation-begins', statement: 'married to', target: 'Tobias Marsh' }),
    delta({ kind: 'relation-begins', statement: 'Married to', target: 'tobias marsh' }),
    delta({ kind: 'relation-begins', statement: 'nobody' }),
  ]);
  expect(told.aliases).toEqual(['Quill', 'Salt Ada']);
  expect(told.keys).toContain('salt ada');
  expect(told.relations).toEqual([{ to: 'Tobias Marsh', kind: 'married to' }]);
  expect(tellNames(own, [])).toBe(own);
});

it('gives a change to the entry of that name, and only then to those it is an alias of', () => {
  const entries = [
    entry('Quill'),
    entry('Ada Quill', { aliases: ['Quill', 'the captain'] }),
    entry('Tobias Marsh', { aliases: ['The Captain'] }),
  ].map((one) => indexEntry(one));
  const named = changesByOwner(entries, [delta({ entry_key: 'quill' }), delta({ entry_key: 'captain' })]);
  expect([...named.keys()].map((one) => one.name)).toEqual(['Quill', 'Ada Quill', 'Tobias Marsh']);
});
