import { branchChanged, FEED_SUBJECT, feedSchema, listProgress, planChanged, type Feed } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { randomUUID } from 'node:crypto';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => (fixture = await TelemetryFixture.start()));
afterAll(() => fixture.stop());

interface Told {
  branch?: string;
  status: string;
  minute: number;
}
const change = (planId: string, { branch, status, minute }: Told) => ({
  eventId: randomUUID(),
  planId,
  ...(branch !== undefined && { branch }),
  status,
  reason: null,
  occurredAt: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
});
const ofPlan = (planId: string, told: Told) =>
  fixture.publish(planChanged.subject, JSON.stringify(change(planId, told)));
const ofBranch = (planId: string, told: Told) =>
  fixture.publish(branchChanged.subject, JSON.stringify({ ...change(planId, told), primary: false }));
const standing = async (planId: string) =>
  (await fixture.requester.ask(listProgress, { planId, afterSeq: 0, changes: true })).changes!.map(
    ({ branch, primary, status, afterSeq }) => ({ branch, primary, status, afterSeq }),
  );

it('keeps how each branch stands, and tells of it after the events that led to it', async () => {
  const heard: Feed[] = [];
  const feed = fixture.nats.subscribe(`${FEED_SUBJECT}.plan-a`, {
    callback: (_, message) => void heard.push(feedSchema.parse(message.json())),
  });
  await ofPlan('plan-a', { status: 'running', minute: 1 });
  await fixture.settled();
  await fixture.record([runEvent({ planId: 'plan-a', runId: 'one', status: 'Completed' })]);
  await ofBranch('plan-a', { branch: 'alt', status: 'running', minute: 2 });
  await ofPlan('plan-a', { branch: 'main', status: 'complete', minute: 3 });
  await fixture.settled();
  expect(await standing('plan-a')).toEqual([
    { branch: 'main', primary: true, status: 'complete', afterSeq: 1 },
    { branch: 'alt', primary: false, status: 'running', afterSeq: 1 },
  ]);
  await until('the feed has told of it', () => heard.some(({ changes }) => changes[0]?.status === 'complete'));
  const told = heard.flatMap(({ events, changes }) => [
    ...events.map(({ seq }) => `event ${seq}`),
    ...changes.map(({ branch, status }) => `${branch} ${status}`),
  ]);
  expect(told).toEqual(['main running', 'event 1', 'alt running', 'main complete']);
  feed.unsubscribe();
});

it('what comes late changes nothing, and what a fork comes to is not the plan’s', async () => {
  await ofPlan('plan-b', { branch: 'alt', status: 'paused', minute: 5 });
  await ofBranch('plan-b', { branch: 'main', status: 'complete', minute: 6 });
  await ofPlan('plan-b', { branch: 'alt', status: 'running', minute: 4 });
  await fixture.settled();
  expect(await standing('plan-b')).toEqual([
    { branch: 'main', primary: false, status: 'complete', afterSeq: 0 },
    { branch: 'alt', primary: true, status: 'paused', afterSeq: 0 },
  ]);
  const [plan] = await fixture.query('SELECT status FROM plans WHERE plan_id = $1', ['plan-b']);
  expect(plan).toEqual({ status: 'paused' });
});

it('of two changes of one moment the one that was told later counts', async () => {
  const [one, other] = ['running', 'complete'].map((status) => change('plan-c', { status, minute: 1 }));
  for (const told of [one, other]) await fixture.publish(planChanged.subject, JSON.stringify(told));
  await fixture.settled();
  expect(await standing('plan-c')).toMatchObject([{ status: 'complete' }]);
});
