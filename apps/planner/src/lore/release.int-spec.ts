import { blockLore, declareLore, runFinished, type BacklogItem, type Brief, type LoreNeed } from '@fiction/contracts';
import { ActionLog } from '../backlog/action-log';
import { ItemActions } from '../backlog/item-actions';
import { PlanControls } from '../backlog/plan-controls';
import { BranchesService } from '../branches/branches.service';
import { RequiredLore } from './required-lore';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import type { SimulatedRun } from '../testing/simulated-runs';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.runs.heard.length = 0;
  fixture.needsOf = () => [];
});

const AFTER_SLA: Partial<Brief> = { chapters: 1, lore: { policy: 'after-sla', slaSeconds: 60 } };
const need = (name: string): LoreNeed => ({ domain: 'places', name, why: `${name} is where it happens` });

/** A book whose first scene needs two places, gone on until it waits for them alone. */
async function waiting(brief: Partial<Brief> = AFTER_SLA): Promise<{ planId: string; ids: string[]; scene: string }> {
  fixture.needsOf = (start, scene) =>
    start.phase === 'scroll' && scene === 1 && start.branch === 'main' ? [need('Low Water'), need('Marrow Quay')] : [];
  const planId = await fixture.createPlan(brief);
  if (brief.lore === undefined) {
    while (fixture.runs.open(planId).every((run) => run.start.phase !== 'lore')) await completeAll(planId);
  } else await fixture.goOn(planId);
  const ids = [1, 2].map((n) => `${planId}-c001-s01-lore-${n}`);
  return { planId, ids, scene: `item:scene:${planId}-c001-s01` };
}

async function completeAll(planId: string): Promise<void> {
  for (const run of fixture.runs.open(planId)) await fixture.complete(run);
  await fixture.hear(planId);
}
const run = (requirementId: string, branch = ''): SimulatedRun | undefined =>
  fixture.runs.runs.get(`fiction:lore:${requirementId}${branch}`);
async function item(planId: string, itemId: string, branch = 'main'): Promise<BacklogItem> {
  return (await fixture.items(planId, branch)).find((one) => one.itemId === itemId)!;
}
const blockedEvents = (itemId: string) =>
  fixture.runs
    .sent(runFinished)
    .flatMap(({ events }) => events)
    .filter((event) => event.status === 'Blocked' && event.metadata.backlogItemId === itemId);

it('keeps lore until its release, and blocks at no cost what waits for nothing else', async () => {
  const { planId, ids, scene } = await waiting();
  expect(await item(planId, scene)).toMatchObject({
    status: 'blocked',
    reasonCode: 'LORE_NOT_READY',
    attempts: 0,
    lore: ids.map((requirementId) => ({ requirementId, status: 'pending' })),
  });
  expect(await item(planId, `item:lore:${ids[0]}`)).toMatchObject({
    status: 'pending',
    pending: 0,
    awaitsRelease: true,
  });
  // What waits for the blocked scene is not blocked itself.
  expect(await item(planId, `item:scene:${planId}-c001-s02`)).toMatchObject({ status: 'pending' });
  expect(fixture.runs.sent(blockLore)).toEqual([{ planId, branch: 'main', requirementIds: ids, itemId: scene }]);
  expect(blockedEvents(scene)).toMatchObject([
    {
      attempt: 0,
      checkpoint: 'pending',
      // Who reads it knows places by their names.
      message: 'waits for lore: Low Water, Marrow Quay',
      details: { reason: 'LORE_NOT_READY', missing: ids },
    },
  ]);
  expect(fixture.runs.runs.has(`fiction:scene:${planId}-c001-s01`)).toBe(false);
  expect(fixture.runs.sent(declareLore)).toMatchObject([{ terms: { policy: 'after-sla', slaSeconds: 60 } }]);

  await fixture.wake(planId, ids[0]!);
  await fixture.goOn(planId);
  expect(await item(planId, scene)).toMatchObject({ status: 'blocked', pending: 1 });
  await fixture.wake(planId, ids[1]!, { because: 'requested', actor: 'vera', source: 'console' });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
  expect(await item(planId, scene)).toMatchObject({ status: 'complete', resumption: 0, attempts: 1 });
  const { items } = await fixture.get(ActionLog).list({ planId, limit: 50 });
  expect(items).toMatchObject([
    { action: 'wake-lore', itemId: `item:lore:${ids[1]}`, actor: 'vera', source: 'console' },
    { action: 'wake-lore', itemId: `item:lore:${ids[0]}`, actor: 'clock', source: 'automation' },
  ]);
});

it('does not take late news of its own for a block of what it has handed out since', async () => {
  const { planId, ids, scene } = await waiting();
  const told = blockedEvents(scene);
  for (const id of ids) await fixture.wake(planId, id);
  for (const id of ids) await fixture.complete(run(id)!);
  await fixture.hear(planId);
  expect((await item(planId, scene)).status).toBe('queued');
  fixture.runs.events.push(...told);
  await fixture.hear(planId);
  expect((await item(planId, scene)).status).toBe('queued');
});

it('with "immediate" hands lore out at once, and blocks what waits for it all the same', async () => {
  const { planId, ids, scene } = await waiting({ chapters: 1 });
  expect(run(ids[0]!)?.status).toBe('queued');
  expect(await item(planId, scene)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY' });
  expect(fixture.runs.sent(blockLore)).toMatchObject([{ requirementIds: ids, itemId: scene }]);
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('says that it stands still where it waits for lore that nobody begins by itself', async () => {
  const bySla = await waiting();
  expect(await fixture.plan(bySla.planId)).toMatchObject({ status: 'running', statusReason: null });
  const { planId, ids } = await waiting({ ...AFTER_SLA, lore: { policy: 'manual' } });
  const stands = 'STANDS_STILL: 1 blocked; nothing else can run until somebody unblocks it (see the backlog)';
  expect(await fixture.plan(planId)).toMatchObject({ status: 'running', statusReason: stands });
  for (const id of ids) await fixture.wake(planId, id, { because: 'requested' });
  expect(await fixture.plan(planId)).toMatchObject({ status: 'running', statusReason: null });
  // Drafts of all of them wait to be approved.
  for (const id of ids) fixture.runs.block(run(id)!, { reason: 'LORE_AWAITS_APPROVAL' });
  await fixture.hear(planId);
  const more = 'STANDS_STILL: 3 blocked; nothing else can run until somebody unblocks them (see the backlog)';
  expect(await fixture.plan(planId)).toMatchObject({ status: 'running', statusReason: more });
});

it('stands still although lore awaits its release, where the clock of that does not go yet', async () => {
  const { planId, ids, scene } = await waiting();
  const { requirementId } = await fixture
    .get(RequiredLore)
    .require({ ...ACTOR, planId, branch: 'main', chapter: 1, scene: 2, ...need('Salt Row') });
  expect(await item(planId, `item:lore:${requirementId}`)).toMatchObject({ status: 'pending', awaitsRelease: true });
  // Two clocks go; then what was begun by them waits to be approved, and the second scene only for the first.
  expect((await fixture.plan(planId)).statusReason).toBeNull();
  for (const id of ids) await fixture.wake(planId, id);
  for (const id of ids) fixture.runs.block(run(id)!, { reason: 'LORE_AWAITS_APPROVAL' });
  await fixture.hear(planId);
  const stands = 'STANDS_STILL: 3 blocked; nothing else can run until somebody unblocks them (see the backlog)';
  expect(await fixture.plan(planId)).toMatchObject({ status: 'running', statusReason: stands });
  expect(await item(planId, scene)).toMatchObject({ status: 'blocked' });
});

it('is complete without lore that nothing waits for, and goes on when that is wanted all the same', async () => {
  const planId = await fixture.createPlan({ ...AFTER_SLA, lore: { policy: 'manual' } });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');

  const asked = { ...ACTOR, planId, branch: 'main', ...need('Low Water') };
  const { requirementId } = await fixture.get(RequiredLore).require(asked);
  expect((await fixture.plan(planId)).status).toBe('complete');
  await fixture.wake(planId, requirementId, { because: 'requested' });
  expect((await fixture.plan(planId)).status).toBe('running');
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('wakes a run once, however often, late or early it is told', async () => {
  const { planId, ids } = await waiting();
  const [id] = ids as [string];
  for (let time = 0; time < 3; time += 1) await fixture.wake(planId, id);
  expect(run(id)).toMatchObject({ status: 'queued', attempt: 1 });
  fixture.runs.block(run(id)!, { reason: 'APPROVAL_NEEDED' });
  // Approved before the planner has heard that it is waited for.
  await fixture.wake(planId, id, { because: 'approved', actor: 'vera' });
  expect(run(id)).toMatchObject({ status: 'blocked', attempt: 1 });
  await fixture.hear(planId);
  expect(run(id)).toMatchObject({ status: 'queued', attempt: 2, start: { resumption: 1 } });
  await fixture.wake(planId, id, { because: 'approved', actor: 'vera' });
  await fixture.complete(run(id)!);
  await fixture.hear(planId);
  await fixture.wake(planId, id, { because: 'retry' });
  expect(run(id)).toMatchObject({ status: 'complete', attempt: 2 });
  expect(fixture.runs.completions.get(`fiction:lore:${id}`)).toBe(1);
});

it('resumes lore that failed on its steps, and the plan with it', async () => {
  const { planId, ids } = await waiting();
  const [id] = ids as [string];
  await fixture.wake(planId, id);
  fixture.runs.fail(run(id)!);
  await fixture.hear(planId);
  expect((await fixture.plan(planId)).status).toBe('failed');
  const before = await item(planId, `item:lore:${id}`);
  await fixture.wake(planId, id, { because: 'retry' });
  expect((await fixture.plan(planId)).status).toBe('running');
  expect(await item(planId, `item:lore:${id}`)).toMatchObject({ status: 'queued', resumption: 1 });
  expect(run(id)!.start.metadata).toEqual(before.metadata);
});

it('does not overrule who cancelled it by a clock; a person who asks for it does', async () => {
  const { planId, ids } = await waiting();
  const [id] = ids as [string];
  await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId: `item:lore:${id}` });
  await fixture.wake(planId, id);
  await fixture.wake(planId, id, { because: 'retry' });
  expect(await item(planId, `item:lore:${id}`)).toMatchObject({ status: 'cancelled', awaitsRelease: false });
  await fixture.wake(planId, id, { because: 'requested', actor: 'vera' });
  expect(run(id)?.status).toBe('queued');
});

it('lets lore that was cancelled before its release go when a person asks for it, at the first word', async () => {
  const { planId, ids } = await waiting();
  const [id] = ids as [string];
  await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId: `item:lore:${id}` });
  await fixture.wake(planId, id, { because: 'requested', actor: 'vera' });
  expect(await item(planId, `item:lore:${id}`)).toMatchObject({ status: 'queued', awaitsRelease: false });
  expect(run(id)?.status).toBe('queued');
});

it('lets nothing go while the plan is paused, and everything when it goes on', async () => {
  const { planId, ids, scene } = await waiting();
  await fixture.get(PlanControls).pause({ ...ACTOR, planId });
  for (const id of ids) await fixture.wake(planId, id);
  expect(fixture.runs.open(planId)).toEqual([]);
  expect(await item(planId, `item:lore:${ids[0]}`)).toMatchObject({ status: 'ready' });
  await fixture.get(PlanControls).resume({ ...ACTOR, planId });
  expect(fixture.runs.open(planId)).toHaveLength(2);
  for (const id of ids) await fixture.complete(run(id)!);
  await fixture.get(PlanControls).pause({ ...ACTOR, planId });
  await fixture.hear(planId);
  expect(await item(planId, scene)).toMatchObject({ status: 'ready', reasonCode: null });
  await fixture.get(PlanControls).resume({ ...ACTOR, planId });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('releases what was held with its branch, and it goes on with the branch', async () => {
  const { planId, ids, scene } = await waiting();
  await fixture.get(PlanControls).cancelBranch({ ...ACTOR, planId, branch: 'main' });
  for (const id of ids) await fixture.wake(planId, id);
  expect(await item(planId, scene)).toMatchObject({ status: 'cancelled' });
  expect(fixture.runs.open(planId)).toEqual([]);
  await fixture.get(PlanControls).resume({ ...ACTOR, planId });
  expect(await item(planId, scene)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY' });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('refuses to resume what waits for lore, which goes on all the same; resuming the lore releases it', async () => {
  const { planId, ids, scene } = await waiting();
  const blocked = await item(planId, scene);
  const resume = (itemId: string, metadata: object) =>
    fixture.get(ItemActions).resume({ ...ACTOR, planId, itemId, metadata: { ...metadata }, rebind: false });
  await expect(resume(scene, blocked.metadata)).rejects.toMatchObject({
    code: 'DEPENDENCIES_INCOMPLETE',
    errors: ids.map((id) => expect.objectContaining({ field: `item:lore:${id}` })),
  });
  await expect(resume(scene, {})).rejects.toMatchObject({ code: 'METADATA_MISSING' });
  expect(await item(planId, scene)).toMatchObject({ reasonCode: 'LORE_NOT_READY' });
  for (const id of ids) {
    const lore = await item(planId, `item:lore:${id}`);
    await resume(lore.itemId, lore.metadata);
  }
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('wakes on one branch alone: a fork waits for a release of its own', async () => {
  const { planId, ids } = await waiting();
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: {} });
  const scene = `item:scene:${planId}-c001-s01@alt`;
  expect(await item(planId, scene, 'alt')).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY' });
  expect(fixture.runs.sent(blockLore).at(-1)).toEqual({ planId, branch: 'alt', requirementIds: ids, itemId: scene });
  for (const id of ids) await fixture.wake(planId, id, { branch: 'alt' });
  await fixture.goOn(planId);
  expect(run(ids[0]!, '@alt')?.status).toBe('complete');
  expect(run(ids[0]!)).toBeUndefined();
  expect((await item(planId, scene, 'alt')).status).toBe('complete');
  expect((await item(planId, `item:scene:${planId}-c001-s01`)).status).toBe('blocked');
});

it('does not take a word to a run that is at it for one about what stops it later', async () => {
  const { planId, ids } = await waiting();
  const [id] = ids as [string];
  const asked = { because: 'requested', actor: 'vera' } as const;
  await fixture.wake(planId, id);
  await fixture.wake(planId, id, { ...asked, underWay: true });
  fixture.runs.block(run(id)!, { reason: 'LORE_AWAITS_APPROVAL' });
  await fixture.hear(planId);
  expect(run(id)).toMatchObject({ status: 'blocked', attempt: 1 });
  expect(await item(planId, `item:lore:${id}`)).toMatchObject({ status: 'blocked', resumption: 0 });
  // It waits for somebody, and this is somebody's word.
  await fixture.wake(planId, id, asked);
  expect(run(id)).toMatchObject({ status: 'queued', attempt: 2 });
});

it('leaves a branch alone that is archived', async () => {
  const { planId, ids } = await waiting();
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: {} });
  await fixture.get(BranchesService).archive({ ...ACTOR, planId, branch: 'alt' });
  const before = await fixture.items(planId, 'alt');
  for (const id of ids) await fixture.wake(planId, id, { branch: 'alt', because: 'requested' });
  expect(await fixture.items(planId, 'alt')).toEqual(before);
  expect(fixture.runs.open(planId)).toEqual([]);
});
