import {
  alertCauseReported,
  fileReflection,
  jobName,
  listDeltas,
  listEntries,
  lockEntry,
  readEntry,
  type AlertCause,
} from '@fiction/contracts';
import { until, type ServiceUnderTest } from '@fiction/testing';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { entry } from '../testing/entry.builder';
import { change, sceneFiling } from '../testing/scene-filing.builder';

let service: ServiceUnderTest;
let causes: AlertCause[];
beforeAll(async () => {
  service = await startWorldBible({ replicas: 1 });
  causes = await service.hear(alertCauseReported);
});
afterAll(() => service.stop());

const WORLD = [
  entry('Ada Quill', {
    facts: [
      { statement: 'Ada limps.', from: '0.0', until: null },
      { statement: 'Ada is paid by the Office.', from: '0.0', until: null },
    ],
    relations: [{ to: 'The Office', kind: 'works for' }],
  }),
];
const ends = (statement: string) => change(statement, { kind: 'fact-ends' });
const by = (planId: string, entryId: string, branch = 'main') => ({
  ...{ actor: 'ann', source: 'api' as const, idempotencyKey: null, planId, branch, entryId },
});
const ada = async (planId: string, at?: string, branch = 'main') =>
  (await service.ask(listEntries, { planId, branch, at })).items.find((item) => item.name === 'Ada Quill')!;
const factsAt = async (...of: Parameters<typeof ada>) => (await ada(...of)).facts.map((fact) => fact.statement);

/** A plan whose second scene is against all that is locked of Ada. */
async function against(planId: string): Promise<string> {
  await fileWorld(service, planId, WORLD);
  await service.ask(fileReflection, sceneFiling(planId, '1.1', [change('Ada sings.')]));
  const { id } = await ada(planId);
  await service.ask(lockEntry, { ...by(planId, id), locked: true });
  const leaves = change('works for', { kind: 'relation-ends', to: 'The Office' });
  const told = [ends('Ada limps.'), change('Ada does not limp.'), leaves];
  await service.ask(fileReflection, sceneFiling(planId, '1.2', told));
  expect(await factsAt(planId)).toEqual(['Ada limps.', 'Ada is paid by the Office.', 'Ada sings.']);
  return id;
}

it('what was refused holds once it is unlocked and asked for, from its scene on, as an edit of who asks', async () => {
  const entryId = await against('all');
  const { entry: after } = await service.ask(lockEntry, { ...by('all', entryId), locked: false, applyRefused: true });
  expect(after).toMatchObject({ version: 2, source: 'person', locked: false, relations: [] });
  expect(await factsAt('all', '1.1')).toEqual(['Ada is paid by the Office.', 'Ada limps.']);
  expect((await factsAt('all', '1.3')).sort()).toEqual([
    'Ada does not limp.',
    'Ada is paid by the Office.',
    'Ada sings.',
  ]);
  const { versions } = await service.ask(readEntry, { planId: 'all', entryId });
  expect(versions.at(-1)).toMatchObject({ version: 2, source: 'person', actor: 'ann' });
  // What became of the changes when they were filed stays as it was.
  const { items } = await service.ask(listDeltas, { planId: 'all', sceneId: 'all-1.2' });
  expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
  const again = await service.ask(lockEntry, { ...by('all', entryId), locked: false, applyRefused: true });
  expect(again.entry).toMatchObject({ version: 2, facts: after.facts });
});

it('of one fact only what is against that fact; what others lock stays refused', async () => {
  const entryId = await against('one');
  await service.ask(fileReflection, sceneFiling('one', '1.3', [ends('Ada is paid by the Office.')]));
  const limps = (await ada('one')).facts.find(({ statement }) => statement === 'Ada limps.')!;
  await service.ask(lockEntry, { ...by('one', entryId), factId: limps.id, locked: false, applyRefused: true });
  const { facts, relations } = await ada('one', '2.1');
  expect(facts.map(({ statement }) => statement).sort()).toEqual([
    'Ada does not limp.',
    'Ada is paid by the Office.',
    'Ada sings.',
  ]);
  expect(relations).toEqual([{ to: 'The Office', kind: 'works for' }]);
});

it('stays refused when nobody asks for more, and on a branch that was forked before', async () => {
  const entryId = await against('forked');
  const runIds = [jobName('vision', 'forked'), jobName('world', 'forked')].concat(
    ['forked-1.1', 'forked-1.2'].map((scene) => jobName('scene', scene)),
  );
  await service.forked({ planId: 'forked', branch: 'alt', runIds });
  await service.ask(lockEntry, { ...by('forked', entryId), locked: false });
  expect(await factsAt('forked', '2.1')).toContain('Ada limps.');
  await service.ask(lockEntry, { ...by('forked', entryId), locked: false, applyRefused: true });
  expect(await factsAt('forked', '2.1')).not.toContain('Ada limps.');
  expect(await factsAt('forked', '2.1', 'alt')).toContain('Ada limps.');
  // A scene that a branch shares has told it there as well.
  await service.ask(lockEntry, { ...by('forked', entryId, 'alt'), locked: false, applyRefused: true });
  expect(await factsAt('forked', '2.1', 'alt')).not.toContain('Ada limps.');
});

it('the alert names the backlog items of the scenes that are against the fact, and none when it is over', async () => {
  const entryId = await against('alert');
  const told = (): AlertCause[] => causes.filter(({ planId }) => planId === 'alert');
  await until('each locked fact has its alert', () => told().filter(({ present }) => present).length === 2);
  expect(told().map(({ itemIds }) => itemIds)).toEqual([['item:scene:alert-1.2'], ['item:scene:alert-1.2']]);
  await service.ask(lockEntry, { ...by('alert', entryId), locked: false });
  await until('they are over', () => told().filter(({ present }) => !present).length === 2);
  expect(
    told()
      .slice(2)
      .map(({ itemIds }) => itemIds),
  ).toEqual([[], []]);
});
