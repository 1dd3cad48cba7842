import type { WorldChange } from '@fiction/contracts';
import { indexEntry } from '../bible/bible-entry';
import { EntryLocks, type LockRow } from '../telling/entry-locks';
import { factIdOf } from '../telling/fact-id';
import { entry } from '../testing/entry.builder';
import { denies } from './denies';
import { refusalOf } from './judge-deltas';

const fact = (statement: string) => ({ statement, from: '0.0', until: null });
const ada = indexEntry(
  entry('Ada Quill', { aliases: ['Quill'], facts: [fact('Ada is alive.'), fact('Ada has a key.')] }),
);
const rule = indexEntry(entry('No Lamps', { type: 'rule', facts: [fact('Nobody lights a lamp on the quay.')] }));
const entries = [ada, rule];
const lock = (over: Partial<LockRow>): LockRow => {
  return { entry_id: ada.id, fact_id: null, fact: null, action: 'lock', ...over };
};
const change = (over: Partial<WorldChange>): WorldChange => {
  return { kind: 'fact-ends', entry: 'quill', statement: 'ada is alive', to: '', quote: 'q', ...over };
};
const alive = lock({ fact_id: factIdOf('Ada is alive.'), fact: fact('Ada is alive.') });

it.each([
  ['nothing is locked', [], change({}), false],
  ['the fact is locked', [alive], change({}), true],
  ['another fact is locked', [alive], change({ statement: 'Ada has a key.' }), false],
  ['the entry is locked', [lock({})], change({}), true],
  ['the entry is locked, and a scene has added the fact', [lock({})], change({ statement: 'Ada limps.' }), true],
  ['the entry is locked, but not this fact', [lock({}), { ...alive, action: 'unlock' as const }], change({}), false],
  ['the fact is locked and denied', [alive], change({ kind: 'fact-begins', statement: 'Ada is not alive.' }), true],
  [
    'the fact is locked and something else begins',
    [alive],
    change({ kind: 'fact-begins', statement: 'Ada limps.' }),
    false,
  ],
  ['a rule', [], change({ entry: 'No Lamps', statement: 'Nobody lights a lamp on the quay.' }), true],
  ['a rule that is unlocked', [lock({ entry_id: rule.id, action: 'unlock' })], change({ entry: 'No Lamps' }), false],
  ['a relation of a locked entry ends', [lock({})], change({ kind: 'relation-ends', to: 'X' }), true],
  ['a relation of a locked entry begins', [lock({})], change({ kind: 'relation-begins', to: 'X' }), false],
  ['a locked entry gets a name', [lock({})], change({ kind: 'alias-added', statement: 'Salt Ada' }), false],
  ['nobody knows the entry', [alive], change({ entry: 'A Stranger' }), false],
])('when %s', (_when, rows, asked, refused) => {
  expect(refusalOf(asked, entries, new EntryLocks(rows)) !== undefined).toBe(refused);
});

it('keeps what a scene has added locked once a person has locked it, until a person takes it away', () => {
  const row = lock({ fact_id: factIdOf('Ada limps.'), fact: { statement: 'Ada limps.', from: '1.2', until: null } });
  const locks = new EntryLocks([row]);
  expect(locks.lockedFacts(ada).map((one) => one.statement)).toEqual(['Ada limps.']);
  expect(locks.lockedFacts({ ...ada, dropped: [`${row.fact_id}@1.2`] })).toEqual([]);
});

it.each([
  ['Ada wears a hat.', 'Ada does not wear a hat.', true],
  ['The clock can be sold.', 'The clock can’t be sold.', true],
  ['Ada is alive.', 'Ada is no longer alive.', true],
  ['Ada never lies.', 'Ada lies.', true],
  ['Ada is alive.', 'Ada is alive!', false],
  ['Ada never lies.', 'Ada does not lie.', false],
  ['Ada is alive.', 'Tobias is not alive.', false],
  ['No.', 'Yes.', false],
])('%j is denied by %j: %p', (one, other, denied) => {
  expect(denies(one, other)).toBe(denied);
  expect(denies(other, one)).toBe(denied);
});
