import { cancelRunCommandOf, type BacklogItem, type StartRun } from '@fiction/contracts';
import { PlanControls } from '../backlog/plan-controls';
import { BranchesReader } from '../branches/branches.reader';
import { BranchesService } from '../branches/branches.service';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import type { SimulatedRun } from '../testing/simulated-runs';

/** Every run is told what is left of the budget; where runs stop for it the plan is paused, and goes on with more. */

let fixture: PlannerFixture;
let planId: string;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(async () => (planId = await fixture.createPlan({ continuity: 'loose', budget: { usd: 1 } })));

const itemOf = async (phase: string): Promise<BacklogItem> =>
  (await fixture.items(planId)).find((item) => item.phase === phase)!;
const runsOf = (phase: string): SimulatedRun[] =>
  fixture.runs.open(planId).filter(({ start }) => start.phase === phase);
const resume = (usd: number) => fixture.get(PlanControls).resume({ ...ACTOR, planId, budget: { usd } });
const limitOf = ({ start }: { start: StartRun }) => start.spendLimit;
const usd = (amount: number | null) => ({
  usd: amount === null ? null : (expect.closeTo(amount, 6) as number),
  tokens: null,
});

/** Lets a run end as `end` says, after it has spent so much over all of its attempts. */
async function spends(costUsd: number, end: () => Promise<void> | void, tokens = 10): Promise<void> {
  const before = new Set(fixture.runs.events);
  await end();
  for (const event of fixture.runs.events) {
    if (!before.has(event))
      Object.assign(event, { usage: { calls: 1, inputTokens: tokens - 10, outputTokens: 10, costUsd } });
  }
  await fixture.hear(planId);
}

/** As a run ends that has spent what it was told it may. */
const stopped = (run: SimulatedRun): void => {
  fixture.runs.cancel({ runId: run.start.runId, reason: 'BUDGET_EXCEEDED' });
};

it('a run is told what is left when it is handed out; a plan without a budget tells none', async () => {
  expect(limitOf(runsOf('vision')[0]!)).toEqual(usd(1));
  await spends(0.3, () => fixture.complete(runsOf('vision')[0]!));
  expect(limitOf(runsOf('world')[0]!)).toEqual(usd(0.7));
  planId = await fixture.createPlan();
  expect(limitOf(runsOf('vision')[0]!)).toBeUndefined();
});

it('where a run has stopped for it the plan is paused, nothing is failed, and with more it goes on where it was', async () => {
  await spends(1.2, () => stopped(runsOf('vision')[0]!));
  expect(await fixture.plan(planId)).toMatchObject({
    status: 'paused',
    statusReason: 'BUDGET_EXCEEDED: $1.20 of $1.00 spent',
  });
  expect(await itemOf('vision')).toMatchObject({ status: 'cancelled', reasonCode: 'BUDGET_EXCEEDED', costUsd: 1.2 });
  await expect(resume(1.1)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', status: 409 });
  expect(await resume(5)).toMatchObject({ itemIds: [(await itemOf('vision')).itemId] });
  const [run] = runsOf('vision');
  // What it has spent already is counted; it may have all the rest of the plan's.
  expect(run!.start).toMatchObject({ resumption: 1, spendLimit: usd(5) });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('when the plan has spent too much, what runs beside is told to end after its open calls, and goes on with more', async () => {
  planId = await fixture.createPlan({ chapters: 3, scenesPerChapter: 1, budget: { usd: 1 } });
  for (let round = 0; runsOf('scene').length < 3 && round < 10; round += 1) {
    for (const run of fixture.runs.open(planId)) if (run.start.phase !== 'scene') await fixture.complete(run);
    await fixture.hear(planId);
  }
  const [first, second, third] = runsOf('scene');
  await fixture.query(`UPDATE items SET status = 'running' WHERE run_id = $1`, [second!.start.runId]);
  fixture.runs.heard.length = 0;
  await spends(2, () => fixture.complete(first!));
  expect((await fixture.plan(planId)).status).toBe('paused');
  const told = fixture.runs.sent(cancelRunCommandOf('scene-weaver'));
  expect(told.every(({ letCallsEnd }) => letCallsEnd)).toBe(true);
  expect(told.map(({ runId }) => runId).sort()).toEqual([second!.start.runId, third!.start.runId].sort());
  await fixture.hear(planId);
  const beside = [second, third].map((run) => run!.start.runId);
  const items = (await fixture.items(planId)).filter(({ runId }) => beside.includes(runId));
  expect(items.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  expect(runsOf('scene')).toEqual([]);

  await resume(10);
  for (const runId of beside) expect(fixture.runs.runs.get(runId)).toMatchObject({ start: { resumption: 1 } });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('a run that stopped at a limit that has been raised meanwhile goes on at once, with the new one', async () => {
  await fixture.query(`UPDATE plans SET brief = jsonb_set(brief, '{budget,usd}', '10') WHERE id = $1`, [planId]);
  await spends(1.2, () => stopped(runsOf('vision')[0]!));
  expect((await fixture.plan(planId)).status).toBe('running');
  expect(await itemOf('vision')).toMatchObject({ status: 'queued', reasonCode: null });
  expect(runsOf('vision')[0]!.start).toMatchObject({ resumption: 1, spendLimit: usd(10) });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('what somebody cancelled itself while it stopped does not go on with the plan', async () => {
  const [run] = runsOf('vision');
  const { itemId } = await itemOf('vision');
  await fixture.query(`UPDATE items SET status = 'cancelled', reason_code = 'CANCELLED' WHERE id = $1`, [itemId]);
  await spends(1.2, () => stopped(run!));
  expect((await resume(5)).itemIds).toEqual([]);
  expect((await itemOf('vision')).status).toBe('cancelled');
});

it('what somebody cancelled itself while it stopped does not go on either where there is more to spend already', async () => {
  const [run] = runsOf('vision');
  const { itemId } = await itemOf('vision');
  await fixture.query(`UPDATE items SET status = 'cancelled', reason_code = 'CANCELLED' WHERE id = $1`, [itemId]);
  await spends(0.2, () => stopped(run!));
  expect((await itemOf('vision')).status).toBe('cancelled');
  expect(fixture.runs.open(planId)).toEqual([]);
});

it('what a run has spent over several attempts and resumes is counted once', async () => {
  await spends(0.3, () => fixture.runs.fail(runsOf('vision')[0]!));
  expect(await fixture.plan(planId)).toMatchObject({ status: 'failed' });
  await fixture.get(PlanControls).resume({ ...ACTOR, planId });
  // Of what is left, on top of what it has spent before.
  expect(limitOf(runsOf('vision')[0]!)).toEqual(usd(1));
  await spends(0.5, () => fixture.complete(runsOf('vision')[0]!), 100);
  expect(await itemOf('vision')).toMatchObject({ costUsd: 0.5 });
  const [plan] = await fixture.query('SELECT spent_usd, spent_tokens::int FROM plans WHERE id = $1', [planId]);
  expect(plan).toEqual({ spent_usd: 0.5, spent_tokens: 100 });
  expect(limitOf(runsOf('world')[0]!)).toEqual(usd(0.5));
});

it('a budget of tokens is told, pauses and goes on as one of dollars does', async () => {
  const tokens = (most: number) => ({ usd: null, tokens: most });
  planId = await fixture.createPlan({ budget: { tokens: 1000 } });
  expect(limitOf(runsOf('vision')[0]!)).toEqual(tokens(1000));
  await spends(1, () => fixture.complete(runsOf('vision')[0]!), 300);
  expect(limitOf(runsOf('world')[0]!)).toEqual(tokens(700));
  await spends(1, () => stopped(runsOf('world')[0]!), 800);
  expect(await fixture.plan(planId)).toMatchObject({
    status: 'paused',
    statusReason: 'BUDGET_EXCEEDED: 1100 of 1000 tokens spent',
  });
  await fixture.get(PlanControls).resume({ ...ACTOR, planId, budget: { tokens: 5000 } });
  expect(limitOf(runsOf('world')[0]!)).toEqual(tokens(5000 - 300));
});

describe('a branch beside the book', () => {
  const fork = async () =>
    fixture
      .get(BranchesService)
      .fork({ ...ACTOR, planId, name: 'alt', from: 'main', at: (await itemOf('vision')).itemId, changes: {} });
  const branchStatus = async (name: string) =>
    (await fixture.get(BranchesReader).list(planId)).find((branch) => branch.name === name)!.status;

  it('pauses a complete plan when its book has spent the budget already, and goes on with more', async () => {
    await fixture.goOn(planId);
    await fixture.query(`UPDATE plans SET spent_usd = 1.01 WHERE id = $1`, [planId]);
    await fork();
    const [first] = runsOf('vision');
    expect(limitOf(first!)).toEqual(usd(-0.01));
    await spends(0, () => stopped(first!));
    expect(await fixture.plan(planId)).toMatchObject({
      status: 'paused',
      statusReason: 'BUDGET_EXCEEDED: $1.01 of $1.00 spent',
    });
    expect((await resume(5)).itemIds).toHaveLength(1);
    expect((await fixture.plan(planId)).status).toBe('complete');
    await fixture.goOn(planId);
    expect(await branchStatus('alt')).toBe('complete');
  });

  it('ends after its open calls when it spends the budget itself; archived, it leaves the plan complete', async () => {
    await fixture.goOn(planId);
    await fork();
    for (let round = 0; runsOf('scene').length < 2 && round < 10; round += 1) {
      for (const run of fixture.runs.open(planId)) await fixture.complete(run);
      await fixture.hear(planId);
    }
    const [first, second] = runsOf('scene');
    await fixture.query(`UPDATE items SET status = 'running' WHERE run_id = $1`, [second!.start.runId]);
    fixture.runs.heard.length = 0;
    await spends(3, () => fixture.complete(first!));
    expect((await fixture.plan(planId)).status).toBe('paused');
    expect(fixture.runs.sent(cancelRunCommandOf('scene-weaver')).map(({ runId }) => runId)).toContain(
      second!.start.runId,
    );
    await fixture.get(BranchesService).archive({ ...ACTOR, planId, branch: 'alt' });
    expect((await fixture.plan(planId)).status).toBe('complete');
  });

  it('leaves the plan complete when all of it completes while it stops', async () => {
    await fixture.goOn(planId);
    await fork();
    // Two chapters of two scenes, one after the other.
    for (let written = 0; written < 2;) {
      const open = fixture.runs.open(planId);
      written += open.filter(({ start }) => start.phase === 'scene').length;
      for (const run of open) await fixture.complete(run);
      await fixture.hear(planId);
    }
    const [first, second] = runsOf('scene');
    await fixture.query(`UPDATE items SET status = 'running' WHERE run_id = $1`, [second!.start.runId]);
    await spends(3, () => fixture.complete(first!));
    expect((await fixture.plan(planId)).status).toBe('paused');
    await fixture.complete(second!);
    await fixture.hear(planId);
    expect(await branchStatus('alt')).toBe('complete');
    expect((await fixture.plan(planId)).status).toBe('complete');
  });

  it('keeps what is paused at rest when the book is complete and the branch is not', async () => {
    planId = await fixture.createPlan({ chapters: 1, continuity: 'loose' });
    const isLast = ({ start }: SimulatedRun): boolean => start.phase === 'scene' && start.target.scene === 2;
    while (!fixture.runs.open(planId).some(isLast)) {
      for (const run of fixture.runs.open(planId)) await fixture.complete(run);
      await fixture.hear(planId);
    }
    const last = fixture.runs.open(planId).find(isLast)!;
    await fixture.query(`UPDATE items SET status = 'running' WHERE run_id = $1`, [last.start.runId]);
    await fork();
    await fixture.get(PlanControls).pause({ ...ACTOR, planId });
    await fixture.complete(last);
    await fixture.hear(planId);
    expect(await fixture.plan(planId)).toMatchObject({ status: 'paused', statusReason: 'PAUSED: requested by tester' });
    expect((await fixture.items(planId)).every(({ status }) => status === 'complete')).toBe(true);
    expect(fixture.runs.open(planId)).toEqual([]);

    await fixture.get(PlanControls).resume({ ...ACTOR, planId });
    await fixture.goOn(planId);
    expect([(await fixture.plan(planId)).status, await branchStatus('alt')]).toEqual(['complete', 'complete']);
  });
});
