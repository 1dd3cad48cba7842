import { blockLore, declareLore, type BacklogItem, type Brief, type Details, type LoreNeed } from '@fiction/contracts';
import { ArtifactsRepository } from '../artifacts/artifacts.repository';
import { BranchesService } from '../branches/branches.service';
import { LoreRepairs } from '../sweep/lore-repairs';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import { RequiredLore } from './required-lore';
import type { SimulatedRun } from '../testing/simulated-runs';

let fixture: PlannerFixture;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.runs.heard.length = 0;
  fixture.needsOf = () => [];
});

const LOOSE: Partial<Brief> = { chapters: 2, continuity: 'loose', lore: { policy: 'after-sla' } };
const need = (name: string): LoreNeed => ({ domain: 'places', name, why: `${name} is where it happens` });
const needed = (...names: string[]): Details => ({ reason: 'LORE_NEEDED', needs: names.map(need) });
const sceneOf = (planId: string, chapter: number, scene = 1): string => `${planId}-c00${chapter}-s0${scene}`;
const run = (sceneId: string, branch = ''): SimulatedRun => fixture.runs.runs.get(`fiction:scene:${sceneId}${branch}`)!;
const item = async (planId: string, itemId: string, branch = 'main'): Promise<BacklogItem> =>
  (await fixture.items(planId, branch)).find((one) => one.itemId === itemId)!;

/** A book all of whose scenes are under way. */
async function writing(brief: Partial<Brief> = LOOSE): Promise<string> {
  const planId = await fixture.createPlan(brief);
  for (let round = 0; round < 20 && fixture.runs.open(planId).every(isNotScene); round += 1) {
    for (const open of fixture.runs.open(planId)) await fixture.complete(open);
    await fixture.hear(planId);
  }
  return planId;
}
const isNotScene = ({ start }: SimulatedRun): boolean => start.phase !== 'scene';

async function blocked(planId: string, sceneId: string, details: Details): Promise<void> {
  fixture.runs.block(run(sceneId), details);
  await fixture.hear(planId);
}
async function fulfilled(planId: string, requirementId: string): Promise<void> {
  await fixture.wake(planId, requirementId);
  await fixture.complete(fixture.runs.runs.get(`fiction:lore:${requirementId}`)!);
  await fixture.hear(planId);
}

it('makes a scene wait for what its check needs, and hands it out again as a resumption when that is there', async () => {
  const planId = await writing();
  const sceneId = sceneOf(planId, 1);
  await blocked(planId, sceneId, needed('Low Water', 'Marrow Quay', 'the low water'));
  const ids = [`${sceneId}-lore-1`, `${sceneId}-lore-2`];
  expect(await item(planId, `item:scene:${sceneId}`)).toMatchObject({
    status: 'blocked',
    reasonCode: 'LORE_NOT_READY',
    pending: 2,
    lore: ids.map((requirementId) => ({ requirementId, status: 'pending' })),
  });
  expect(fixture.runs.sent(declareLore)).toMatchObject([
    {
      source: `fiction:scene:${sceneId}`,
      requirements: [
        { requirementId: ids[0], name: 'Low Water', kind: 'entry', chapter: 1, scene: 1 },
        { requirementId: ids[1], name: 'Marrow Quay', backlogItemId: `item:lore:${ids[1]}` },
      ],
    },
  ]);
  expect(fixture.runs.sent(blockLore)).toEqual([
    { planId, branch: 'main', requirementIds: ids, itemId: `item:scene:${sceneId}` },
  ]);
  await fulfilled(planId, ids[0]!);
  expect(run(sceneId)).toMatchObject({ status: 'blocked', attempt: 1 });
  await fulfilled(planId, ids[1]!);
  expect(run(sceneId)).toMatchObject({ status: 'queued', attempt: 2, start: { resumption: 1, revision: 1 } });
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
  expect((await fixture.get(ArtifactsRepository).scene(planId, 'main', sceneId)).loreIds).toEqual(ids);
});

it('merges what the plan requires already, wherever, and keeps everybody who asks', async () => {
  const planId = await writing();
  const [one, two] = [sceneOf(planId, 1), sceneOf(planId, 2)];
  await blocked(planId, one, needed('Low Water'));
  await blocked(planId, two, needed('The Low-Water'));
  const requirementId = `${one}-lore-1`;
  expect(
    fixture.runs.sent(declareLore).map(({ source, requirements }) => [source, requirements[0]?.requirementId]),
  ).toEqual([
    [`fiction:scene:${one}`, requirementId],
    [`fiction:scene:${two}`, requirementId],
  ]);
  await fulfilled(planId, requirementId);
  expect([run(one).status, run(two).status]).toEqual(['queued', 'queued']);

  // Another scene that looked before it was there: it is handed out again at once, but asks in vain only once.
  await fixture.complete(run(two));
  await fixture.hear(planId);
  const late = sceneOf(planId, 2, 2);
  await blocked(planId, late, needed('Low Water'));
  expect(run(late)).toMatchObject({ status: 'queued', start: { resumption: 1 } });
  await blocked(planId, late, needed('Low Water'));
  expect(run(late).status).toBe('blocked');
  expect(await item(planId, `item:scene:${late}`)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NEEDED' });
});

it('heeds news of a block once, however often it comes', async () => {
  const planId = await writing();
  const sceneId = sceneOf(planId, 1);
  fixture.runs.block(run(sceneId), needed('Low Water'));
  const told = fixture.runs.events.filter((event) => event.runId === `fiction:scene:${sceneId}`);
  await fixture.hear(planId);
  fixture.runs.events.push(...told);
  await fixture.hear(planId);
  expect(await item(planId, `item:scene:${sceneId}`)).toMatchObject({ reasonCode: 'LORE_NOT_READY', pending: 1 });
  await fulfilled(planId, `${sceneId}-lore-1`);
  fixture.runs.events.push(...told);
  await fixture.hear(planId);
  expect(await item(planId, `item:scene:${sceneId}`)).toMatchObject({ status: 'queued', resumption: 1 });
});

it('leaves a scene that needs nothing it can name to a person', async () => {
  const planId = await writing();
  const sceneId = sceneOf(planId, 1);
  await blocked(planId, sceneId, { reason: 'LORE_NEEDED', needs: [{ domain: 'nowhere', name: '', why: '' }] });
  expect(await item(planId, `item:scene:${sceneId}`)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NEEDED' });
});

it('lets what a gate has stopped wait for the lore it found missing, unless there is none such', async () => {
  const planId = await fixture.createPlan({ ...LOOSE, chapters: 1 });
  while (!fixture.runs.open(planId).some(({ start }) => start.phase === 'scroll')) {
    for (const open of fixture.runs.open(planId)) await fixture.complete(open);
    await fixture.hear(planId);
  }
  const scroll = `${planId}-c001`;
  const stopped = async (missing: string): Promise<BacklogItem> => {
    fixture.runs.block(fixture.runs.runs.get(`fiction:scroll:${scroll}`)!, {
      reason: 'LORE_MISSING',
      missing: [missing],
    });
    await fixture.hear(planId);
    return item(planId, `item:scroll:${scroll}`);
  };
  // Asked for when the scroll had been handed out.
  const asked = { ...ACTOR, planId, branch: 'main', chapter: 1, ...need('Low Water') };
  const { requirementId, itemIds } = await fixture.get(RequiredLore).require(asked);
  expect(itemIds).toEqual([]);
  expect(await stopped(requirementId)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY', pending: 1 });
  await fulfilled(planId, requirementId);
  expect(await item(planId, `item:scroll:${scroll}`)).toMatchObject({ status: 'queued', resumption: 1 });
  // Ready by now, though the gate had not heard of it: it looks again by and by.
  expect(await stopped(requirementId)).toMatchObject({ status: 'blocked', reasonCode: 'LORE_NOT_READY', pending: 0 });
  fixture.clock.advance(3_600_000);
  await fixture.get(LoreRepairs).sweep(fixture.clock.now());
  expect(await item(planId, `item:scroll:${scroll}`)).toMatchObject({ status: 'queued', resumption: 2 });
  expect(await stopped('no-such-lore')).toMatchObject({ status: 'blocked', reasonCode: 'LORE_MISSING' });
});

it('asks the writer about contradictions; the scene stays failed until they say that they are meant', async () => {
  const planId = await writing();
  const sceneId = sceneOf(planId, 1);
  const contradiction = { entry: 'Low Water', statement: 'Low Water is dry.', quote: 'Low Water rose to her knees' };
  fixture.runs.fail(run(sceneId), { code: 'SCENE_GATES_FAILED', contradictions: [contradiction, contradiction] });
  await fixture.hear(planId);
  const requirementId = `${sceneId}-lore-1`;
  expect(fixture.runs.sent(declareLore)).toMatchObject([
    {
      requirements: [
        { requirementId, kind: 'contradiction', name: 'Low Water', backlogItemId: null, chapter: 1, scene: 1 },
      ],
    },
  ]);
  expect(fixture.runs.sent(declareLore)[0]!.requirements[0]!.why).toBe(
    'Low Water is dry. – but the scene says: "Low Water rose to her knees"',
  );
  expect((await fixture.items(planId)).some((one) => one.phase === 'lore')).toBe(false);
  expect(await item(planId, `item:scene:${sceneId}`)).toMatchObject({
    status: 'failed',
    reasonCode: 'SCENE_GATES_FAILED',
  });
  expect((await fixture.get(ArtifactsRepository).scene(planId, 'main', sceneId)).loreIds).toEqual([]);

  const declaredBy = `fiction:scene:${sceneId}`;
  await fixture.wake(planId, requirementId, { kind: 'contradiction', because: 'waived', actor: 'vera', declaredBy });
  expect(run(sceneId)).toMatchObject({ status: 'queued', start: { resumption: 1 } });
  // Waived while it is under way: it looks again as soon as it has failed.
  await fixture.wake(planId, requirementId, { kind: 'contradiction', because: 'waived', actor: 'vera', declaredBy });
  fixture.runs.fail(run(sceneId), { code: 'SCENE_GATES_FAILED', contradictions: [contradiction] });
  await fixture.hear(planId);
  expect(run(sceneId)).toMatchObject({ status: 'queued', start: { resumption: 2 } });
  expect((await fixture.plan(planId)).status).toBe('running');
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
  expect(new Set(fixture.runs.sent(declareLore).map(({ requirements }) => requirements[0]!.requirementId))).toEqual(
    new Set([requirementId]),
  );
});

it('leaves what was raised and is not there to the scenes of a fork, and shares what is there', async () => {
  const planId = await writing();
  const [one, two] = [sceneOf(planId, 1), sceneOf(planId, 2)];
  await blocked(planId, one, needed('Low Water'));
  await blocked(planId, two, needed('Marrow Quay'));
  await fulfilled(planId, `${one}-lore-1`);
  await fixture.get(BranchesService).fork({ ...ACTOR, planId, name: 'alt', from: 'main', changes: {} });
  const lore = (await fixture.items(planId, 'alt')).filter((one) => one.phase === 'lore');
  expect(lore).toMatchObject([{ itemId: `item:lore:${one}-lore-1`, status: 'complete' }]);
  fixture.runs.block(run(two, '@alt'), needed('Low Water', 'Marrow Quay'));
  await fixture.hear(planId);
  expect(await item(planId, `item:scene:${two}@alt`, 'alt')).toMatchObject({
    status: 'blocked',
    lore: [
      { requirementId: `${one}-lore-1`, itemId: `item:lore:${one}-lore-1`, status: 'complete' },
      { name: 'Marrow Quay', status: 'pending' },
    ],
  });
});
