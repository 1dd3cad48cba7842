import {
  blockLore,
  declareLore,
  type BacklogItem,
  type Brief,
  type RequestOf,
  type requireLore,
} from '@fiction/contracts';
import { ActionLog } from '../backlog/action-log';
import { BranchesService } from '../branches/branches.service';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { RequiredLore } from './required-lore';
import { SceneLore } from './scene-lore';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.runs.heard.length = 0;
  fixture.needsOf = () => [];
});

const MANUAL: Partial<Brief> = { chapters: 2, lore: { policy: 'manual' } };
type Asked = RequestOf<typeof requireLore>;
const require = (planId: string, more: Partial<Asked> = {}) =>
  fixture.get(RequiredLore).require({
    ...ACTOR,
    planId,
    branch: 'main',
    domain: 'places',
    name: 'Low Water',
    why: 'the book ends there',
    ...more,
  });
const item = async (planId: string, itemId: string, branch = 'main'): Promise<BacklogItem> =>
  (await fixture.items(planId, branch)).find((one) => one.itemId === itemId)!;
/** Goes on until a run of the phase is handed out. */
async function until(planId: string, phase: string): Promise<void> {
  while (!fixture.runs.open(planId).some(({ start }) => start.phase === phase)) {
    for (const open of fixture.runs.open(planId)) await fixture.complete(open);
    await fixture.hear(planId);
  }
}

it('makes the chapter wait that has not begun, and no other', async () => {
  const planId = await fixture.createPlan(MANUAL);
  const done = await require(planId, { chapter: 2 });
  const requirementId = `${planId}-c002-lore-1001`;
  const scroll = `item:scroll:${planId}-c002`;
  expect(done).toMatchObject({
    requirementId,
    itemId: `item:lore:${requirementId}`,
    itemIds: [scroll],
    repeated: false,
  });
  expect(fixture.runs.sent(declareLore)).toMatchObject([
    { source: 'person:tester', requirements: [{ requirementId, name: 'Low Water', chapter: 2, scene: null }] },
  ]);
  await fixture.goOn(planId);
  expect(await item(planId, scroll)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY' });
  expect((await item(planId, `item:scene:${planId}-c001-s02`)).status).toBe('complete');
  await fixture.wake(planId, requirementId, { because: 'requested' });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('is what scenes may rely on from then on: their own, their chapter’s and the book’s', async () => {
  const planId = await fixture.createPlan(MANUAL);
  await until(planId, 'scene');
  const ids: string[] = [];
  for (const place of [{}, { chapter: 1 }, { chapter: 1, scene: 2 }]) {
    ids.push((await require(planId, { name: `What ${ids.length} needs`, ...place })).requirementId);
  }
  const [book, chapter, scene] = ids;
  const loreOf = (n: number) => fixture.get(SceneLore).ofScene(planId, 'main', { chapter: 1, scene: n });
  expect(await loreOf(1)).toEqual({ loreIds: [], sharedLoreIds: [chapter, book] });
  expect(await loreOf(2)).toEqual({ loreIds: [scene], sharedLoreIds: [chapter, book] });
});

it('answers what is required already by its meaning, whoever asked, and declares one source more', async () => {
  const planId = await fixture.createPlan(MANUAL);
  const first = await require(planId);
  const second = await require(planId, { name: ' the LOW-water', chapter: 1, actor: 'vera' });
  expect(second).toMatchObject({
    requirementId: first.requirementId,
    itemId: first.itemId,
    repeated: true,
    itemIds: [],
  });
  expect(fixture.runs.sent(declareLore).map(({ source }) => source)).toEqual(['person:tester', 'person:vera']);
  expect((await require(planId, { domain: 'factions' })).requirementId).toBe(`${planId}-lore-1002`);
  expect((await fixture.items(planId)).filter((one) => one.phase === 'lore')).toHaveLength(2);
});

it('acts once for a key, and says so of a key that stands for something else', async () => {
  const planId = await fixture.createPlan(MANUAL);
  const first = await require(planId, { idempotencyKey: 'k' });
  const again = await require(planId, { idempotencyKey: 'k' });
  expect(again).toEqual({ ...first, repeated: true });
  expect(fixture.runs.sent(declareLore)).toHaveLength(1);
  await expect(require(planId, { idempotencyKey: 'k', name: 'Marrow Quay' })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  expect((await fixture.items(planId)).filter((one) => one.phase === 'lore')).toHaveLength(1);
});

it('makes scenes wait that their scroll has still to make, all of the chapter or the one that is named', async () => {
  const planId = await fixture.createPlan({ ...MANUAL, continuity: 'loose' });
  await until(planId, 'scroll');
  // The scrolls have begun: what is asked for now is for the scenes they make.
  await fixture.transaction((uow) => uow.query(`UPDATE items SET attempts = 1 WHERE plan_id = $1`, [planId]));
  const one = await require(planId, { chapter: 1, scene: 2 });
  const all = await require(planId, { chapter: 2, name: 'Marrow Quay' });
  expect([one.itemIds, all.itemIds]).toEqual([[], []]);
  await fixture.goOn(planId);
  const statuses = async () =>
    (await fixture.items(planId)).filter(({ phase }) => phase === 'scene').map(({ status }) => status);
  expect(await statuses()).toEqual(['complete', 'blocked', 'blocked', 'pending']);
  await fixture.wake(planId, one.requirementId);
  await fixture.wake(planId, all.requirementId);
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});

it('starts the clock of what a blocked item waits for from now on', async () => {
  const planId = await fixture.createPlan({ ...MANUAL, chapters: 1 });
  const first = await require(planId, { chapter: 1 });
  await fixture.goOn(planId);
  const second = await require(planId, { chapter: 1, name: 'Marrow Quay' });
  const itemId = `item:scroll:${planId}-c001`;
  expect(fixture.runs.sent(blockLore)).toEqual([
    { planId, branch: 'main', requirementIds: [first.requirementId], itemId },
    { planId, branch: 'main', requirementIds: [first.requirementId, second.requirementId], itemId },
  ]);
  expect(await item(planId, itemId)).toMatchObject({ status: 'blocked', pending: 2 });
});

it('is asked for on a fork too, by the same person', async () => {
  const planId = await fixture.createPlan({ ...MANUAL, chapters: 1 });
  const { requirementId } = await require(planId, { chapter: 1 });
  await fixture.goOn(planId);
  fixture.runs.heard.length = 0;
  const directions = { '1': 'In winter.' };
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: { directions } });
  expect(fixture.runs.sent(declareLore)).toMatchObject([
    { branch: 'alt', source: 'person:tester', requirements: [{ requirementId, why: 'the book ends there' }] },
  ]);
  await fixture.goOn(planId);
  expect(await item(planId, `item:scroll:${planId}-c001@alt`, 'alt')).toMatchObject({ status: 'blocked' });
  await fixture.wake(planId, requirementId, { branch: 'alt' });
  await fixture.goOn(planId);
  expect(await item(planId, `item:scroll:${planId}-c001@alt`, 'alt')).toMatchObject({ status: 'complete' });
  expect(await item(planId, `item:scroll:${planId}-c001`)).toMatchObject({ status: 'blocked' });
});

it('refuses what is not there, by code, and changes nothing', async () => {
  const planId = await fixture.createPlan(MANUAL);
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'gone', from: 'main', changes: {} });
  await fixture.get(BranchesService).archive({ ...ACTOR, planId, branch: 'gone' });
  const refused: [Partial<Asked>, string, number][] = [
    [{ planId: 'no-plan' }, 'PLAN_NOT_FOUND', 404],
    [{ branch: 'no-branch' }, 'BRANCH_NOT_FOUND', 404],
    [{ branch: 'gone' }, 'BRANCH_ARCHIVED', 409],
    [{ chapter: 3 }, 'CHAPTER_NOT_FOUND', 404],
    [{ chapter: 1, scene: 3 }, 'SCENE_NOT_FOUND', 404],
    [{ scene: 1 }, 'INPUT_INVALID', 400],
  ];
  for (const [more, code, status] of refused) {
    await expect(require(planId, more)).rejects.toMatchObject({ code, status });
  }
  expect((await fixture.items(planId)).filter((one) => one.phase === 'lore')).toEqual([]);
  expect(fixture.runs.sent(declareLore)).toEqual([]);
  const { items } = await fixture.get(ActionLog).list({ planId, limit: 10 });
  expect(items.filter(({ action, outcome }) => action === 'require-lore' && outcome === 'refused')).toHaveLength(5);
});
