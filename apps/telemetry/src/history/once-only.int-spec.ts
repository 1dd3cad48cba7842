import { randomUUID } from 'node:crypto';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';
import { HistoryRecorder } from './history.recorder';

const PLANS = ['plan-a', 'plan-b', 'plan-c'];
const EVENTS_PER_PLAN = 40;
const DELIVERIES = 5;

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start(2);
});
afterAll(() => fixture.stop());

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

it('stores an event once, and numbers a plan without gaps, however often and wherever it is delivered', async () => {
  const events = PLANS.flatMap((planId) =>
    numbers(EVENTS_PER_PLAN).map((n) => runEvent({ planId, runId: `fiction:scene:${planId}-${n % 7}`, percent: n })),
  );
  const deliveries = numbers(DELIVERIES).flatMap((n) =>
    events.map((_, i) => events[(i * 7 + n * 13) % events.length]!),
  );

  await Promise.all(deliveries.map((event) => fixture.deliver(event)));
  await fixture.settled();

  for (const planId of PLANS) {
    const rows = await fixture.history(planId);
    expect(rows.map((row) => row.seq)).toEqual(numbers(EVENTS_PER_PLAN));
    expect(rows.map((row) => row.event_id).sort()).toEqual(
      events
        .filter((event) => event.planId === planId)
        .map((event) => event.eventId)
        .sort(),
    );
  }
  expect(await fixture.query('SELECT * FROM dead_letters')).toEqual([]);
});

it('stores an event once when the same message, by its id, is in one batch twice', async () => {
  const event = runEvent({ planId: 'plan-twice' });
  await fixture.record([event, event]);
  await fixture.record([event]);
  expect(await fixture.history('plan-twice')).toEqual([{ seq: 1, event_id: event.eventId }]);
});

it('gives no number away to a batch that fails', async () => {
  const planId = 'plan-failing';
  const [first, second] = [runEvent({ planId }), runEvent({ planId })];
  await fixture.record([first]);
  await expect(fixture.record([runEvent({ planId }), runEvent({ planId, attempt: 2 ** 40 })])).rejects.toThrow();
  await fixture.record([second]);
  expect(await fixture.history(planId)).toEqual([
    { seq: 1, event_id: first.eventId },
    { seq: 2, event_id: second.eventId },
  ]);
});

it('lets replicas write the histories of the same plans at the same time, in opposite order, none in vain', async () => {
  const plans = numbers(8).map((n) => `plan-crossing-${n}`);
  const batch = (order: string[]) => order.map((planId) => runEvent({ planId, eventId: randomUUID() }));
  const tries = jest.spyOn(fixture.replicas[0]!.get(HistoryRecorder, { strict: false }), 'record');
  await Promise.all(numbers(20).map((n) => fixture.record(batch(n % 2 === 0 ? plans : [...plans].reverse()))));
  for (const planId of plans) expect((await fixture.history(planId)).map((row) => row.seq)).toEqual(numbers(20));
  // A deadlock would have been resolved by trying again.
  expect(tries).toHaveBeenCalledTimes(20);
});
