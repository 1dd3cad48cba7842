import type { BacklogItem } from '@fiction/contracts';
import { ItemActions } from '../backlog/item-actions';
import { PlanControls } from '../backlog/plan-controls';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';
import type { SimulatedRun } from '../testing/simulated-runs';

/** How a run has ended may be heard of after somebody has said something else, or after its end at another process. */

let fixture: PlannerFixture;
let planId: string;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(async () => (planId = await fixture.createPlan({ chapters: 1, scenesPerChapter: 1 })));

async function sceneUnderWay(): Promise<SimulatedRun> {
  for (let round = 0; round < 20; round += 1) {
    const scene = fixture.runs.open(planId).find(({ start }) => start.phase === 'scene');
    if (scene !== undefined) return scene;
    for (const run of fixture.runs.open(planId)) await fixture.complete(run);
    await fixture.hear(planId);
  }
  throw new Error('no scene');
}
const itemOf = async ({ start }: SimulatedRun): Promise<BacklogItem> =>
  (await fixture.items(planId)).find(({ runId }) => runId === start.runId)!;

const NEEDS = { reason: 'LORE_NEEDED', needs: [{ domain: 'places', name: 'Halm', why: 'named' }] };

it.each<[string, (run: SimulatedRun) => void]>([
  ['waits for lore', (run) => fixture.runs.block(run, NEEDS)],
  ['has failed', (run) => fixture.runs.fail(run, { code: 'PROVIDER_REFUSED' })],
])('an item that somebody cancels stays so when it is heard later that it %s', async (_what, end) => {
  const run = await sceneUnderWay();
  const { itemId } = await itemOf(run);
  end(run);
  await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId });
  await fixture.hear(planId);

  expect(await itemOf(run)).toMatchObject({ status: 'cancelled', reasonCode: 'CANCELLED' });
  expect(fixture.runs.open(planId)).toEqual([]);
  expect((await fixture.plan(planId)).status).toBe('running');
});

it('the end of an attempt that was cancelled, heard together with the completion after it, is the older one', async () => {
  const [run] = fixture.runs.open(planId);
  await fixture.get(PlanControls).pause({ ...ACTOR, planId });
  const late = fixture.runs.events.splice(0);
  await fixture.get(PlanControls).resume({ ...ACTOR, planId });
  await fixture.complete(fixture.runs.open(planId).find(({ start }) => start.runId === run!.start.runId)!);
  fixture.runs.events.push(...late);
  await fixture.hear(planId);

  expect(await itemOf(run!)).toMatchObject({ status: 'complete' });
});

it.each<[string, (run: SimulatedRun) => Promise<void> | void, string]>([
  [
    'a run that had completed before it was resumed is complete: it is not run again',
    (run) => fixture.complete(run),
    'complete',
  ],
  ['that a run had failed before it was resumed does not end what goes on', (run) => fixture.runs.fail(run), 'queued'],
])('%s', async (_what, end, status) => {
  const [run] = fixture.runs.open(planId);
  await end(run!);
  await fixture.get(PlanControls).pause({ ...ACTOR, planId });
  await fixture.get(PlanControls).resume({ ...ACTOR, planId });
  expect(await itemOf(run!)).toMatchObject({ status: 'queued' });
  await fixture.hear(planId);

  expect(await itemOf(run!)).toMatchObject({ status });
  expect((await fixture.plan(planId)).status).toBe('running');
  await fixture.goOn(planId);
  expect((await fixture.plan(planId)).status).toBe('complete');
});
