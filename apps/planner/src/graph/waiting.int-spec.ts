import { runStarted, type BacklogItem, type PlanDetail, type RunEvent } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { ItemActions } from '../backlog/item-actions';
import { ACTOR, PlannerFixture } from '../testing/planner-fixture';

/** A run that waits for its provider shows so on its item, and since when, until it goes on. */

let fixture: PlannerFixture;
let planId: string;
beforeAll(async () => (fixture = await PlannerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(async () => (planId = await fixture.createPlan()));

const vision = async (): Promise<BacklogItem> => (await fixture.items(planId))[0]!;
const visionOf = ({ phases }: PlanDetail) => phases.find(({ phase }) => phase === 'vision');

/** What the run of the vision tells, as its service would. */
async function told(...news: (Pick<RunEvent, 'status' | 'attempt'> & Partial<RunEvent>)[]): Promise<void> {
  const run = fixture.runs.open(planId)[0]!;
  fixture.runs.complete(run);
  const [sample] = fixture.runs.take(planId, 1);
  run.status = 'running';
  const events = news.map((one) => ({ ...sample!, details: {}, message: one.status, ...one }));
  const { handle } = fixture.get(MessageHandlers).find(runStarted.subject)!;
  await fixture.transaction((uow) => handle([{ events }], uow));
}

const started = (attempt: number) => ({ status: 'Started' as const, attempt });
const goesOn = (attempt: number) => ({ status: 'Progress' as const, attempt, details: { waits: false } });
const waits = (attempt: number, message = 'connection refused', code = 'PROVIDER_UNREACHABLE') => ({
  status: 'Resumed' as const,
  attempt,
  message: `waits for wrongurl/m: ${message}`,
  details: { code, retryInMs: 250, waits: true },
});
const WAITING = {
  status: 'running',
  reasonCode: 'PROVIDER_UNREACHABLE',
  reason: 'waits for wrongurl/m: connection refused',
};
const GOING_ON = { status: 'running', reasonCode: null, reason: null };

it('is shown with its reason and since when, however often it tries again, until it goes on', async () => {
  await told(started(1));
  expect(await vision()).toMatchObject(GOING_ON);
  expect(visionOf(await fixture.plan(planId))).toMatchObject({ running: 1, waiting: 0 });

  fixture.clock.advance(1_000);
  const since = fixture.clock.now().toISOString();
  await told(waits(2));
  expect(await vision()).toMatchObject({ ...WAITING, changedAt: since, attempts: 2 });
  fixture.clock.advance(1_000);
  await told(started(2));
  expect(await vision()).toMatchObject({ ...WAITING, changedAt: since });
  await told(waits(3, 'HTTP 429', 'PROVIDER_THROTTLED'));
  expect(await vision()).toMatchObject({ reasonCode: 'PROVIDER_THROTTLED', changedAt: since, attempts: 3 });
  expect(visionOf(await fixture.plan(planId))).toMatchObject({ running: 1, waiting: 1 });

  await told(started(3));
  await told(goesOn(3));
  expect(await vision()).toMatchObject({ ...GOING_ON, changedAt: fixture.clock.now().toISOString() });
  expect(visionOf(await fixture.plan(planId))).toMatchObject({ running: 1, waiting: 0 });
});

it('is shown when beginning, waiting and trying again are heard of at once, and not when it goes on with them', async () => {
  await told(started(1), waits(2), started(2));
  expect(await vision()).toMatchObject(WAITING);
  await told(waits(3), started(3), goesOn(3));
  expect(await vision()).toMatchObject(GOING_ON);
});

it('is not shown again by what is heard late or twice', async () => {
  await told(started(1), waits(2));
  await told(goesOn(2));
  await told(waits(2));
  expect(await vision()).toMatchObject(GOING_ON);
  await told(waits(3));
  await told(goesOn(2));
  expect(await vision()).toMatchObject(WAITING);
});

it('is not shown on an item that was cancelled meanwhile, nor after it was resumed', async () => {
  await told(started(1), waits(2));
  const { itemId, metadata } = await vision();
  await fixture.get(ItemActions).cancel({ ...ACTOR, planId, itemId });
  const cancelled = { status: 'cancelled', reasonCode: 'CANCELLED' };
  fixture.runs.start(fixture.runs.runs.get((await vision()).runId)!.start);
  expect(await vision()).toMatchObject(cancelled);
  expect(visionOf(await fixture.plan(planId))).toMatchObject({ running: 0, waiting: 0, cancelled: 1 });
  await fixture.get(ItemActions).resume({ ...ACTOR, planId, itemId, metadata, rebind: false });
  await told({ ...waits(3), resumption: 0 });
  expect(await vision()).toMatchObject({ status: 'queued', reasonCode: null, reason: null });
});
