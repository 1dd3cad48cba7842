import { FEED_SUBJECT, feedSchema, listProgress, type Feed } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
const feeds: Feed[] = [];
/** How many of the feed's events were in the database when the feed told of them. */
const committed: Promise<boolean>[] = [];

beforeAll(async () => {
  fixture = await TelemetryFixture.start();
  fixture.nats.subscribe(`${FEED_SUBJECT}.>`, {
    callback: (_error, message) => {
      const feed = feedSchema.parse(message.json());
      feeds.push(feed);
      const last = feed.events.at(-1)!.seq;
      committed.push(fixture.history(feed.planId).then((rows) => rows.length >= last));
    },
  });
  await fixture.nats.flush();
});
afterAll(() => fixture.stop());

it('numbers events in the order in which they arrive, and feeds them after the commit with the same numbers', async () => {
  const planIds = ['plan-a', 'plan-b'];
  const events = Array.from({ length: 300 }, (_, n) => runEvent({ planId: planIds[n % 2]!, message: `event ${n}` }));
  for (const event of events) await fixture.deliver(event);
  await fixture.settled();

  for (const planId of planIds) {
    const expected = events
      .filter((event) => event.planId === planId)
      .map((event, index) => ({ seq: index + 1, ...event }));
    const fed = await until('the feed has told everything', () => {
      const told = feeds.filter((feed) => feed.planId === planId).flatMap((feed) => feed.events);
      return told.length >= expected.length && told;
    });
    expect(fed).toEqual(expected);

    const { events: listed, lastSeq } = await fixture.requester.ask(listProgress, { planId, afterSeq: 0, limit: 500 });
    expect(listed).toEqual(expected);
    expect(lastSeq).toBe(expected.length);
  }
  expect(await Promise.all(committed)).not.toContain(false);
});

it('feeds nothing of a batch that fails, and nothing twice', async () => {
  const planId = 'plan-quiet';
  const event = runEvent({ planId });
  await expect(fixture.record([event, runEvent({ planId, attempt: 2 ** 40 })])).rejects.toThrow();
  await fixture.record([event]);
  await fixture.record([event]);
  // What is published on one connection arrives in order: after this sign there is nothing more to come.
  const sign = runEvent({ planId: 'plan-sign' });
  await fixture.record([sign]);
  await until('the sign', () => feeds.some((feed) => feed.planId === 'plan-sign'));
  expect(feeds.filter((feed) => feed.planId === planId)).toEqual([
    { planId, events: [{ seq: 1, ...event }], changes: [] },
  ]);
});
