import { listDeadLetters, listProgress, runProgressed } from '@fiction/contracts';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
});
afterAll(() => fixture.stop());

const planId = 'plan-poisoned';

it('puts a message aside that is unreadable or cannot be stored, and stores its neighbours', async () => {
  const before = runEvent({ planId });
  const between = runEvent({ planId });
  const after = runEvent({ planId });
  const unstorable = runEvent({ planId: 'plan\u0000nul' });
  await Promise.all([
    fixture.deliver(before),
    fixture.publish(runProgressed.subject, '{"eventId": "no more than that"}', 'wrong-shape'),
    fixture.deliver(between),
    fixture.publish(runProgressed.subject, 'not JSON', 'not-json'),
    fixture.deliver(unstorable),
    fixture.deliver(after),
  ]);
  await fixture.settled();

  const stored = (await fixture.history(planId)).map((row) => row.event_id);
  expect(stored.sort()).toEqual([before, between, after].map((event) => event.eventId).sort());

  const { items } = await fixture.requester.ask(listDeadLetters('telemetry'), { limit: 50 });
  expect(items).toHaveLength(3);
  for (const letter of items) expect(letter).toMatchObject({ service: 'telemetry', subject: runProgressed.subject });
  expect(items.map((letter) => letter.body)).toEqual(
    expect.arrayContaining(['not JSON', '{"eventId": "no more than that"}', JSON.stringify({ events: [unstorable] })]),
  );
  expect(await fixture.metrics()).toMatch(/fiction_dead_letters_total\{[^}]*\} 3/);
});

it('stores an event whose text PostgreSQL would refuse, with that text made storable', async () => {
  const event = runEvent({ planId: 'plan-odd-text', message: 'a\u0000b \ud800 c 🕰', details: { reason: '\u0000' } });
  await fixture.deliver(event);
  await fixture.settled();
  const question = { planId: 'plan-odd-text', afterSeq: 0, limit: 10 };
  const { events } = await fixture.requester.ask(listProgress, question);
  expect(events).toMatchObject([{ message: 'a\uFFFDb \uFFFD c 🕰', details: { reason: '\uFFFD' } }]);
});
