import { listOpenRuns, readRunRecords, WORKING_SERVICES, type RunRecord, type ServiceName } from '@fiction/contracts';
import { ServiceUnavailableError } from '@fiction/messaging';
import { ItemActions } from '../backlog/item-actions';
import { BacklogReader } from '../backlog/backlog.reader';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { OrphanRuns } from './orphan-runs';
import { Sweeper } from './sweeper';

let fixture: PlannerFixture;
/** What the other services say of their runs. */
let records: RunRecord[] = [];
let openRuns: RunRecord[] = [];
let away: ServiceName[] = [];
const requireThere = (service: ServiceName): void => {
  if (away.includes(service)) throw new ServiceUnavailableError(service, 'nobody answers');
};
beforeAll(async () => {
  fixture = await PlannerFixture.start();
  for (const service of WORKING_SERVICES) {
    fixture.service.answer(readRunRecords(service), ({ runIds }) => {
      requireThere(service);
      return { runs: records.filter((run) => runIds.includes(run.runId)) };
    });
    fixture.service.answer(listOpenRuns(service), () => {
      requireThere(service);
      return { items: service === 'scene-weaver' ? openRuns : [], nextCursor: null };
    });
  }
});
afterAll(() => fixture.stop());
beforeEach(() => {
  records = [];
  openRuns = [];
  away = [];
  fixture.runs.heard.length = 0;
});

const HOUR = 3_600_000;
const sweep = async (): Promise<void> => {
  fixture.clock.advance(HOUR);
  await fixture.get(Sweeper).sweep();
};
const itemsOf = async (planId: string) =>
  (await fixture.get(BacklogReader).list({ planId, branch: 'main', order: 'graph', limit: 100 })).items;
const alerts = () =>
  fixture.runs.heard
    .filter(({ subject }) => subject === 'fiction.event.alert-cause.reported')
    .map(({ body }) => JSON.parse(body) as { rule: string; cause: string; present: boolean });

it('hands out again what nobody knows of', async () => {
  const planId = await fixture.createPlan();
  const runId = `fiction:vision:${planId}`;
  fixture.runs.runs.delete(runId);
  await fixture.get(Sweeper).sweep();
  expect(fixture.runs.runs.has(runId)).toBe(false);
  await sweep();
  expect(fixture.runs.runs.get(runId)).toMatchObject({ status: 'queued', attempt: 1 });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it.each([
  ['what has ended and was not heard of', 0],
  ['what had ended before it was resumed: it would never be run again', 1],
])('takes as ended %s', async (_what, resumed) => {
  const planId = await fixture.createPlan();
  const vision = fixture.runs.runs.get(`fiction:vision:${planId}`)!;
  await fixture.complete(vision);
  await fixture.hear(planId);
  const world = fixture.runs.runs.get(`fiction:world:${planId}`)!;
  await fixture.complete(world);
  const [lost] = fixture.runs.take(planId, 1);
  await fixture.query('UPDATE items SET resumption = $2 WHERE run_id = $1', [world.start.runId, resumed]);
  const { runId, branch, phase, revision, resumption, attempt, details, usage, metadata } = lost!;
  records = [
    {
      runId,
      planId,
      branch,
      phase,
      revision,
      resumption,
      attempt,
      status: 'complete',
      message: '',
      details,
      usage,
      metadata,
    },
  ];
  await sweep();
  expect((await itemsOf(planId)).map((item) => item.status).slice(0, 3)).toEqual(['complete', 'complete', 'queued']);
});

it('tells of a resume that does not begin, and that it has begun', async () => {
  const planId = await fixture.createPlan();
  fixture.runs.fail(fixture.runs.runs.get(`fiction:vision:${planId}`)!);
  await fixture.hear(planId);
  const [vision] = await itemsOf(planId);
  const { itemId, metadata } = vision!;
  const resume = () => fixture.get(ItemActions).resume({ ...ACTOR, planId, itemId, metadata, rebind: false });
  await resume();
  await fixture.get(Sweeper).sweep();
  expect(alerts()).toEqual([]);
  await sweep();
  await sweep();
  expect(alerts()).toMatchObject([{ rule: 'resume-timeout', cause: itemId, present: true }]);
  expect((await itemsOf(planId))[0]).toMatchObject({ status: 'queued', resumeTimedOut: true });

  await fixture.complete(fixture.runs.runs.get(`fiction:vision:${planId}`)!);
  await fixture.hear(planId);
  await sweep();
  expect(alerts()).toMatchObject([{ present: true }, { rule: 'resume-timeout', cause: itemId, present: false }]);
  expect((await itemsOf(planId))[0]).toMatchObject({ status: 'complete', resumeTimedOut: false });
});

it('lets go what waits for lore that is all there, and nothing else that waits', async () => {
  fixture.needsOf = ({ phase }) => (phase === 'vision' ? [{ domain: 'places', name: 'Low Water', why: 'it is' }] : []);
  const planId = await fixture.createPlan({ chapters: 1, lore: { policy: 'manual' } });
  const other = await fixture.createPlan({ chapters: 1, lore: { policy: 'manual' } });
  await fixture.goOn(planId);
  await fixture.goOn(other);
  fixture.needsOf = () => [];
  const scrollOf = async (id: string) => (await itemsOf(id)).find((item) => item.phase === 'scroll');
  expect(await scrollOf(planId)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY' });
  // As no statement of the planner's leaves it.
  await fixture.query(`UPDATE items SET status = 'complete', awaits_release = false, pending = 0 WHERE id = $1`, [
    `item:lore:${planId}-lore-1`,
  ]);
  await sweep();
  expect(await scrollOf(planId)).toMatchObject({ status: 'queued', pending: 0 });
  expect(await scrollOf(other)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY', pending: 1 });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

const strayRun = (runId: string): RunRecord => ({
  runId,
  planId: 'gone',
  branch: 'main',
  phase: 'scene',
  revision: 1,
  resumption: 0,
  attempt: 1,
  status: 'running',
  message: 'running',
  details: {},
  usage: { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 },
  metadata: {},
});

it('looks at what it can while a service is away', async () => {
  const planId = await fixture.createPlan();
  const lost = `fiction:vision:${planId}`;
  fixture.runs.runs.delete(lost);
  // One of the world bible's is silent as well, and nobody can say where it is.
  const worlds = await fixture.createPlan();
  await fixture.complete(fixture.runs.runs.get(`fiction:vision:${worlds}`)!);
  await fixture.hear(worlds);
  away = ['world-bible'];
  openRuns = [strayRun('fiction:scene:beyond')];
  await sweep();
  expect(fixture.runs.runs.has(lost)).toBe(true);
  expect(alerts()).toContainEqual(expect.objectContaining({ cause: 'fiction:scene:beyond', present: true }));
  openRuns = [];
  await fixture.get(OrphanRuns).sweep(fixture.clock.now());
});

it('ends runs that no item stands for, and tells of them until they are gone', async () => {
  const stray = 'fiction:scene:stray';
  openRuns = [strayRun(stray)];
  const sweepOrphans = () => fixture.get(OrphanRuns).sweep(fixture.clock.now());
  await sweepOrphans();
  await sweepOrphans();
  expect(alerts()).toMatchObject([{ rule: 'orphan', cause: stray, present: true }]);
  expect(
    fixture.runs.heard.filter(({ subject }) => subject.endsWith('cancel-run')).map(({ body }) => JSON.parse(body)),
  ).toEqual([expect.objectContaining({ runId: stray })]);
  openRuns = [];
  await sweepOrphans();
  expect(alerts()).toMatchObject([{ present: true }, { rule: 'orphan', cause: stray, present: false }]);
});
