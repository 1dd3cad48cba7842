import {
  alertCauseReported,
  fileReflection,
  jobName,
  listDeltas,
  listEntries,
  listMentions,
  lockEntry,
  readEntry,
  readSceneContext,
  type AlertCause,
  type Continuity,
} from '@fiction/contracts';
import { until, type ServiceUnderTest } from '@fiction/testing';
import { fileWorld, startWorldBible } from '../testing/bible-fixture';
import { entry } from '../testing/entry.builder';
import { change, sceneFiling } from '../testing/scene-filing.builder';

let service: ServiceUnderTest;
let causes: AlertCause[];
beforeAll(async () => {
  service = await startWorldBible({ replicas: 2 });
  causes = await service.hear(alertCauseReported);
});
afterAll(() => service.stop());

const WORLD = [
  entry('Ada Quill', {
    aliases: ['Quill'],
    facts: [
      { statement: 'Ada is paid by the Office.', from: '0.0', until: null },
      { statement: 'Ada limps.', from: '0.0', until: null },
    ],
  }),
  entry('Tobias Marsh'),
  entry('The Lamp', { type: 'object' }),
];
const file = (...of: Parameters<typeof sceneFiling>) => service.ask(fileReflection, sceneFiling(...of));
const ends = (statement: string) => change(statement, { kind: 'fact-ends', entry: 'Quill' });

async function adaAt(planId: string, at?: string, branch = 'main') {
  const { items } = await service.ask(listEntries, { planId, branch, at });
  return items.find((item) => item.name === 'Ada Quill')!;
}
const factsAt = async (...of: Parameters<typeof adaAt>) => (await adaAt(...of)).facts.map((fact) => fact.statement);

async function contextOf(planId: string, place: string, continuity: Continuity = 'chapter', budgetTokens = 4000) {
  const [chapter, scene] = place.split('.').map(Number) as [number, number];
  return service.ask(readSceneContext, {
    ...{ planId, chapter, scene, continuity, budgetTokens },
    names: [],
    pov: 'Ada Quill',
    loreIds: [],
  });
}
const contextFacts = async (...of: Parameters<typeof contextOf>) =>
  (await contextOf(...of)).entries[0]!.facts.map((fact) => fact.statement);

const causesOf = (planId: string) =>
  causes
    .filter((cause) => cause.planId === planId)
    .sort((a, b) => a.occurredAt.localeCompare(b.occurredAt))
    .map(({ present }) => present);
const toldOf = (planId: string, told: boolean[]): Promise<unknown> =>
  until(`${planId} has told ${told.join()}`, () => JSON.stringify(causesOf(planId)) === JSON.stringify(told));

it('shows the world as each scene finds it: facts begin after the scene that makes them so, and end after another', async () => {
  await fileWorld(service, 'as-of', WORLD);
  await file('as-of', '1.1', [change('Ada has the key.'), ends('ADA IS PAID BY THE OFFICE')]);
  await file('as-of', '1.3', [ends('Ada has the key.'), change('Tobias Marsh', { kind: 'relation-begins', to: 'x' })]);
  await file('as-of', '2.1', [change('Ada has the key.'), change('Salt Ada', { kind: 'alias-added' })]);
  const limps = 'Ada limps.';
  expect(await factsAt('as-of', '1.1')).toEqual(['Ada is paid by the Office.', limps]);
  expect(await factsAt('as-of', '1.2')).toEqual([limps, 'Ada has the key.']);
  expect(await factsAt('as-of', '2.1')).toEqual([limps]);
  expect(await factsAt('as-of', '2.2')).toEqual([limps, 'Ada has the key.']);
  // Before the first page, and after the last one.
  expect(await factsAt('as-of', '0.0')).toEqual(['Ada is paid by the Office.', limps]);
  expect(await factsAt('as-of', '99.9')).toEqual([limps, 'Ada has the key.']);
  const now = await adaAt('as-of');
  expect(
    now.facts.map(({ statement, from, until: end, source, sceneId }) => [statement, from, end, source, sceneId]),
  ).toEqual([
    ['Ada is paid by the Office.', '0.0', '1.1', 'world', null],
    [limps, '0.0', null, 'world', null],
    ['Ada has the key.', '1.1', '1.3', 'reflection', 'as-of-1.1'],
    ['Ada has the key.', '2.1', null, 'reflection', 'as-of-2.1'],
  ]);
  expect(now.aliases).toEqual(['Quill', 'Salt Ada']);
  expect((await adaAt('as-of', '2.1')).aliases).toEqual(['Quill']);
  // A scene is told of its own chapter, as the continuity has it.
  expect(await contextFacts('as-of', '1.2')).toEqual([limps, 'Ada has the key.']);
  expect(await contextFacts('as-of', '2.1')).toEqual(['Ada is paid by the Office.', limps]);
  expect(await contextFacts('as-of', '2.1', 'strict')).toEqual([limps]);
});

it('refuses a change against a locked fact, tells it once, and takes it back when the fact is unlocked', async () => {
  await fileWorld(service, 'locked', WORLD);
  const ada = await adaAt('locked');
  const factId = ada.facts[1]!.id;
  const by = { actor: 'ann', source: 'api' as const, idempotencyKey: null, planId: 'locked', entryId: ada.id, factId };
  const locked = await service.ask(lockEntry, { ...by, locked: true });
  expect(locked.entry.facts.map((fact) => fact.locked)).toEqual([false, true]);
  expect((await contextOf('locked', '1.1')).lockedFacts).toEqual([{ entry: 'Ada Quill', statement: 'Ada limps.' }]);

  await file('locked', '1.1', [ends('Ada limps.'), change('Ada does not limp.'), change('Ada sings.')]);
  await file('locked', '1.1', [ends('Ada limps.')]);
  await toldOf('locked', [true]);
  expect(await factsAt('locked')).toEqual(['Ada is paid by the Office.', 'Ada limps.', 'Ada sings.']);
  const { items } = await service.ask(listDeltas, { planId: 'locked', sceneId: 'locked-1.1' });
  expect(items.map(({ outcome, entryId, kind }) => [outcome, entryId, kind])).toEqual([
    ['refused', ada.id, 'fact-ends'],
    ['refused', ada.id, 'fact-begins'],
    ['applied', ada.id, 'fact-begins'],
  ]);

  await service.ask(lockEntry, { ...by, locked: false });
  await toldOf('locked', [true, false]);
  // What was refused stays refused: scenes that have read the bible since must not read another.
  expect(await factsAt('locked')).toContain('Ada limps.');
});

it('takes the alert back when the scene is written anew without the change, and not before the last scene is', async () => {
  await fileWorld(service, 'anew', WORLD);
  const { id: entryId } = await adaAt('anew');
  const by = { actor: 'ann', source: 'api' as const, idempotencyKey: null, planId: 'anew', entryId };
  expect((await service.ask(lockEntry, { ...by, locked: true })).entry.locked).toBe(true);
  await file('anew', '1.1', [ends('Ada limps.')]);
  await toldOf('anew', [true]);
  await file('anew', '1.2', [ends('Ada limps.')]);
  await toldOf('anew', [true, true]);
  await file('anew', '1.1', [change('Ada sings.')], { revision: 2 });
  await toldOf('anew', [true, true, true]);
  await file('anew', '1.2', [], { revision: 2 });
  await toldOf('anew', [true, true, true, false]);
  // The first revision, told late, is history.
  await file('anew', '1.3', [], { revision: 2 });
  await file('anew', '1.3', [ends('Ada limps.')]);
  await toldOf('anew', [true, true, true, false, false]);
});

it('says where a quotation stands, and drops what is quoted from nowhere', async () => {
  await fileWorld(service, 'spans', WORLD);
  const changes = [
    change('Ada sings.', { quote: 'she SANG' }),
    change('Ada flies.'),
    change('x', { entry: 'A Stranger' }),
  ];
  const filing = sceneFiling('spans', '1.1', changes);
  const prose = 'At night  she\nsang. x';
  await service.ask(fileReflection, { ...filing, page: { ...filing.page!, prose } });
  const { items } = await service.ask(listDeltas, { planId: 'spans' });
  expect(items.map(({ statement, outcome }) => [statement, outcome])).toEqual([
    ['Ada sings.', 'applied'],
    ['x', 'unmatched'],
  ]);
  const { start, end } = items[0]!.span!;
  expect(prose.slice(start, end)).toBe('she\nsang');
});

it('keeps what a branch changes and names to itself, and shares what was before the fork', async () => {
  await fileWorld(service, 'fork', WORLD);
  await file('fork', '1.1', [change('Ada sings.')], { prose: 'Tobias Marsh' });
  const runIds = [jobName('vision', 'fork'), jobName('world', 'fork'), jobName('scene', 'fork-1.1')];
  await service.forked({ planId: 'fork', branch: 'alt', runIds });
  await file('fork', '1.2', [ends('Ada sings.')], { branch: 'alt', prose: 'The Lamp' });
  await file('fork', '1.2', [change('Ada dances.')]);
  expect((await factsAt('fork')).slice(2)).toEqual(['Ada sings.', 'Ada dances.']);
  expect((await adaAt('fork', undefined, 'alt')).facts.slice(2)).toMatchObject([
    { statement: 'Ada sings.', until: '1.2' },
  ]);
  const lists = async (branch: string) => {
    const deltas = await service.ask(listDeltas, { planId: 'fork', branch });
    const mentions = await service.ask(listMentions, { planId: 'fork', branch });
    return [deltas.items.map((one) => one.statement), mentions.items.map((one) => one.entry)];
  };
  expect(await lists('main')).toEqual([['Ada sings.', 'Ada dances.'], expect.not.arrayContaining(['The Lamp'])]);
  expect(await lists('alt')).toEqual([
    ['Ada sings.', 'Ada sings.'],
    expect.arrayContaining(['The Lamp', 'Tobias Marsh']),
  ]);
});

it('counts what the prose names, for the scene and for the entry, page by page', async () => {
  await fileWorld(service, 'named', WORLD);
  const prose = 'Quill met Tobias Marsh. Ada Quill left; Marsh stayed. The lamp burned.';
  for (const place of ['1.1', '1.2', '1.3']) await file('named', place, [], { prose });
  const first = await service.ask(listMentions, { planId: 'named', sceneId: 'named-1.1' });
  const told = new Map(first.items.map((one) => [one.entry, [one.count, one.firstOffset]]));
  expect(Object.fromEntries(told)).toEqual({
    'Ada Quill': [2, 0],
    'The Lamp': [1, prose.indexOf('lamp')],
    'Tobias Marsh': [1, prose.indexOf('Tobias')],
  });
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await service.ask(listMentions, { planId: 'named', limit: 2, cursor });
    seen.push(...page.items.map((one) => `${one.sceneId} ${one.entryId}`));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(new Set(seen).size).toBe(9);
  const { id: entryId } = await adaAt('named');
  const whole = await service.ask(readEntry, { planId: 'named', entryId });
  expect(whole.mentions.map((one) => one.sceneId)).toEqual(['named-1.1', 'named-1.2', 'named-1.3']);
  expect(whole.versions).toMatchObject([{ version: 1, source: 'world', actor: null }]);
});

it('gives a scene what was met lately once there is room, the latest first, and says why', async () => {
  await fileWorld(service, 'lately', [...WORLD, entry('The Well', { type: 'location' })]);
  await file('lately', '1.1', [], { prose: 'The Lamp' });
  await file('lately', '1.2', [change('Deep.', { entry: 'The Well' })]);
  const whys = async (place: string, budget?: number) => {
    const { sources, entries } = await contextOf('lately', place, 'chapter', budget);
    expect(sources!.map(({ name }) => name)).toEqual(entries.map(({ name }) => name));
    return sources!.map(({ name, why, version }) => `${name} ${version} ${why}`);
  };
  expect(await whys('1.1')).toEqual(['Ada Quill 1 mentioned']);
  expect(await whys('1.3')).toEqual(['Ada Quill 1 mentioned', 'The Well 1 recent', 'The Lamp 1 recent']);
  expect(await whys('2.1')).toEqual(['Ada Quill 1 mentioned']);
  // What is too long for what is left gives way to what is not.
  expect(await whys('1.3', 100)).toEqual(['Ada Quill 1 mentioned', 'The Lamp 1 recent']);
});

it('files once what was asked again after the first answer was lost with its connection', async () => {
  await fileWorld(service, 'killed', WORLD);
  const filing = sceneFiling('killed', '1.1', [change('Ada sings.')], { prose: 'Tobias Marsh' });
  let blocked: Promise<unknown> = Promise.resolve();
  await service.database.transaction(async (uow) => {
    await uow.query('LOCK TABLE mentions IN EXCLUSIVE MODE');
    blocked = service.ask(fileReflection, filing).catch((error: unknown) => error);
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO reflections%'
      AND datname = current_database()`;
    await until('the filing waits', async () => (await service.query(waiting)).length > 0);
    await service.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS w`);
    expect(await blocked).toBeInstanceOf(Error);
  });
  expect(await service.query(`SELECT 1 FROM reflections WHERE plan_id = 'killed'`)).toEqual([]);
  await Promise.all(Array.from({ length: 6 }, () => service.ask(fileReflection, filing)));
  const counts = await service.query(`SELECT
    (SELECT count(*)::int FROM reflections WHERE plan_id = 'killed') AS reflections,
    (SELECT count(*)::int FROM world_changes WHERE plan_id = 'killed') AS changes,
    (SELECT count(*)::int FROM mentions WHERE plan_id = 'killed') AS mentions`);
  expect(counts).toEqual([{ reflections: 1, changes: 1, mentions: 1 }]);
});

it.each([
  [listDeltas, 'zzz'],
  [listDeltas, '1.1.zzz'],
  [listMentions, 'zzz'],
] as const)('refuses a cursor that no page has given', async (list, cursor) => {
  const asked = service.ask<unknown, unknown>(list, { planId: 'named', cursor });
  await expect(asked).rejects.toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'cursor' }] });
});

it('says that there is no such entry, in this plan or on this branch', async () => {
  const { id: entryId } = await adaAt('named');
  for (const of of [
    { planId: 'named', entryId: 'none' },
    { planId: 'spans', entryId },
  ]) {
    await expect(service.ask(readEntry, of)).rejects.toMatchObject({ code: 'ENTRY_NOT_FOUND', status: 404 });
  }
});
