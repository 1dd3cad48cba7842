import type { BacklogItem } from '@fiction/contracts';
import { BranchesService } from '../branches/branches.service';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { ActionLog } from './action-log';
import { ItemActions } from './item-actions';
import { PlanControls } from './plan-controls';

/** Whoever has mended the cause resumes the plan: what failed is tried again, and nothing else is done twice. */

let fixture: PlannerFixture;
let planId: string;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(async () => (planId = await fixture.createPlan({ continuity: 'loose' })));

const controls = () => fixture.get(PlanControls);
const resume = (more: object = {}) => controls().resume({ ...ACTOR, planId, ...more });
const open = (phase: string, branch = 'main') =>
  fixture.runs.open(planId).filter(({ start }) => start.phase === phase && start.branch === branch);
const scenes = async (branch = 'main'): Promise<BacklogItem[]> =>
  (await fixture.items(planId, branch)).filter((item) => item.phase === 'scene');

/** Everything before the scenes is made, and the first scenes of `count` chapters fail. */
async function failing(count: number): Promise<string[]> {
  for (let round = 0; open('scene').length < 2 && round < 10; round += 1) {
    for (const run of fixture.runs.open(planId)) if (run.start.phase !== 'scene') await fixture.complete(run);
    await fixture.hear(planId);
  }
  const failed = open('scene').slice(0, count);
  failed.forEach((run) => fixture.runs.fail(run, { code: 'PROVIDER_AUTH' }));
  await fixture.hear(planId);
  return failed.map(({ start }) => start.metadata.backlogItemId!).sort();
}

it('a failed plan is resumed: exactly what failed runs again, as each item alone would, and the book is finished', async () => {
  const failed = await failing(2);
  const before = await scenes();
  expect((await fixture.plan(planId)).status).toBe('failed');
  const done = new Map(fixture.runs.completions);

  const { itemIds } = await resume();
  expect([...itemIds].sort()).toEqual(failed);
  expect(await fixture.plan(planId)).toMatchObject({ status: 'running', statusReason: null, finishedAt: null });
  for (const item of await scenes()) {
    const was = before.find(({ itemId }) => itemId === item.itemId)!;
    if (!failed.includes(item.itemId)) expect(item).toEqual({ ...was, dependencies: item.dependencies });
    else {
      const asked = { status: 'queued', resumption: 1, revision: was.revision, reasonCode: null, reason: null };
      expect(item).toMatchObject({ ...asked, metadata: was.metadata, resumeRequestedAt: expect.any(String) });
      expect(fixture.runs.runs.get(item.runId)).toMatchObject({ status: 'queued', attempt: 2 });
    }
  }
  for (const itemId of failed) {
    const { items } = await fixture.get(ActionLog).list({ planId, itemId, limit: 5 });
    expect(items).toMatchObject([{ action: 'resume-plan', outcome: 'accepted', actor: 'tester', itemId: null }]);
  }
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
  for (const [runId, times] of done) expect(fixture.runs.completions.get(runId)).toBe(times);
});

it('however often it is asked for with one key, it is done once: what fails again is not tried again', async () => {
  const [failed] = await failing(1);
  const idempotencyKey = 'once';
  const first = await resume({ idempotencyKey });
  fixture.runs.fail(open('scene').find(({ start }) => start.metadata.backlogItemId === failed)!);
  await fixture.hear(planId);
  expect(await resume({ idempotencyKey })).toEqual({ ...first, repeated: true });
  expect((await fixture.plan(planId)).status).toBe('failed');
  expect((await resume()).itemIds).toEqual([failed]);
});

it('every branch that is wanted goes on; what is archived, or was stopped by itself, does not', async () => {
  for (const name of ['alt', 'old']) {
    await fixture.get(BranchesService).fork({ ...ACTOR, planId, name, from: 'main', changes: {} });
  }
  const visions = ['main', 'alt', 'old'].map((branch) => open('vision', branch)[0]!);
  visions.forEach((run) => fixture.runs.fail(run));
  await fixture.hear(planId);
  await fixture.get(BranchesService).archive({ ...ACTOR, planId, branch: 'old' });
  await fixture.hear(planId);
  const [main, alt, old] = visions.map(({ start }) => start.metadata.backlogItemId!);
  await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId: main! });

  expect((await resume()).itemIds).toEqual([alt]);
  expect((await fixture.items(planId))[0]).toMatchObject({ itemId: main, status: 'cancelled' });
  expect((await fixture.items(planId, 'old'))[0]).toMatchObject({ itemId: old, status: 'cancelled' });
  // Alone a branch that has failed is reason enough.
  fixture.runs.fail(open('vision', 'alt')[0]!);
  await fixture.hear(planId);
  expect((await resume()).itemIds).toEqual([alt]);
  await expect(resume()).rejects.toMatchObject({ code: 'PLAN_NOT_PAUSED', status: 409 });
});

it('what failed in the moment in which its plan was paused is tried again when the plan goes on', async () => {
  await failing(0);
  const [lost, kept] = open('scene');
  fixture.runs.fail(lost!);
  await controls().pause({ ...ACTOR, planId });
  await fixture.hear(planId);
  expect((await scenes()).map(({ status }) => status).sort()).toEqual(['cancelled', 'failed', 'pending', 'pending']);
  const both = [lost!, kept!].map(({ start }) => start.metadata.backlogItemId!).sort();
  expect([...(await resume()).itemIds].sort()).toEqual(both);
  expect((await fixture.plan(planId)).status).toBe('running');
});

it('beyond its budget a failed plan is resumed with a higher one only', async () => {
  await fixture.query(`UPDATE plans SET brief = jsonb_set(brief, '{budget,usd}', '1') WHERE id = $1`, [planId]);
  await failing(1);
  await fixture.query('UPDATE plans SET spent_usd = 2 WHERE id = $1', [planId]);
  await expect(resume()).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', status: 409 });
  expect((await fixture.plan(planId)).status).toBe('failed');
  expect((await resume({ budget: { usd: 3 } })).itemIds).toHaveLength(1);
});

it('a failed plan goes on by itself when the last of what failed is cancelled', async () => {
  const [failed] = await failing(1);
  await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId: failed! });
  expect(await fixture.plan(planId)).toMatchObject({ status: 'running', statusReason: null });
  await fixture.goOn(planId);
  const stopped = (await scenes()).find(({ itemId }) => itemId === failed)!;
  expect(stopped.status).toBe('cancelled');
  const elsewhere = (await scenes()).filter(({ target }) => target.chapter !== stopped.target.chapter);
  expect(elsewhere.length).toBeGreaterThan(0);
  expect(elsewhere.every(({ status }) => status === 'complete')).toBe(true);
  // What depends on it can never be made: that is said.
  expect(await fixture.plan(planId)).toMatchObject({
    status: 'running',
    statusReason: 'STANDS_STILL: 1 cancelled; nothing else can run until somebody resumes it (see the backlog)',
  });
});

it.each([
  ['failed', async () => (await failing(1))[0]!],
  [
    'was cancelled',
    async () => {
      await failing(0);
      const { itemId } = (await scenes())[0]!;
      await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId });
      return itemId;
    },
  ],
])('an item that %s and was resumed with too little goes on with its plan', async (_what, stop) => {
  const itemId = await stop();
  const inVain = { ...ACTOR, planId, itemId, metadata: {}, rebind: false };
  await expect(fixture.get(ItemActions).resume(inVain)).rejects.toMatchObject({ code: 'METADATA_MISSING' });
  expect((await resume()).itemIds).toEqual([itemId]);
  await fixture.goOn(planId);
  expect(await fixture.plan(planId)).toMatchObject({ status: 'complete', statusReason: null });
});
