import { acknowledgeAlert, listAlerts, MAX_PAGE, readAlert, resolveAlert, type Alert } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { alertsOf, causeReport, toldOf, witnessAlerts } from '../testing/alert-fixture';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
  await witnessAlerts(fixture);
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.query('TRUNCATE alerts, cause_reports'));

/** Opens an alert by a report, and answers it. */
async function opened(cause: string): Promise<Alert> {
  await fixture.record([causeReport({ cause, planId: cause })]);
  return (await alertsOf(fixture, { planId: cause })).at(-1)!;
}

const cursorOf = (...place: string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

it('is acknowledged once: who was first stays, and so does the alert until its cause is gone', async () => {
  const { id } = await opened('cause-ack');
  fixture.clock.advance(1_000);
  const first = await fixture.requester.ask(acknowledgeAlert, { alertId: id, actor: 'Ada', note: 'on it' });
  expect(first).toMatchObject({
    status: 'acknowledged',
    acknowledgedAt: fixture.clock.now().toISOString(),
    acknowledgedBy: 'Ada',
    note: 'on it',
  });
  expect(await fixture.requester.ask(acknowledgeAlert, { alertId: id, actor: 'Ben' })).toEqual(first);
  await fixture.record([causeReport({ cause: 'cause-ack', planId: 'cause-ack' })]);
  expect(await fixture.requester.ask(readAlert, { alertId: id })).toMatchObject({ status: 'acknowledged', count: 2 });
  await fixture.record([causeReport({ cause: 'cause-ack', planId: 'cause-ack', present: false })]);
  expect(await fixture.requester.ask(readAlert, { alertId: id })).toMatchObject({
    status: 'resolved',
    resolvedBy: null,
    acknowledgedBy: 'Ada',
  });
  expect(await toldOf(fixture, 'cause-ack')).toEqual([
    { change: 'opened', by: null },
    { change: 'acknowledged', by: 'Ada' },
    { change: 'resolved', by: null },
  ]);
});

it('is resolved by a person, and opens anew when its cause is seen again', async () => {
  const { id } = await opened('cause-hand');
  const resolved = await fixture.requester.ask(resolveAlert, { alertId: id, actor: 'Ada', note: 'mended' });
  expect(resolved).toMatchObject({ status: 'resolved', resolvedBy: 'Ada', note: 'mended' });
  for (const contract of [acknowledgeAlert, resolveAlert]) {
    await expect(fixture.requester.ask(contract, { alertId: id, actor: 'Ben' })).rejects.toMatchObject({
      code: 'ALERT_RESOLVED',
      status: 409,
    });
  }
  fixture.clock.advance(1_000);
  expect(await opened('cause-hand')).toMatchObject({ status: 'open', count: 1, id: expect.not.stringMatching(id) });
  expect((await toldOf(fixture, 'cause-hand')).map(({ change }) => change)).toEqual(['opened', 'resolved', 'reopened']);
});

it('is resolved once, by one of those who try at the same time', async () => {
  const { id } = await opened('cause-race');
  const tried = await Promise.allSettled(
    ['Ada', 'Ben', 'Cy'].map((actor) => fixture.requester.ask(resolveAlert, { alertId: id, actor })),
  );
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await toldOf(fixture, 'cause-race')).toHaveLength(2);
});

it('says of an alert that is not there that it is not', async () => {
  const notThere = { code: 'ALERT_NOT_FOUND', status: 404 };
  await expect(fixture.requester.ask(readAlert, { alertId: 'x' })).rejects.toMatchObject(notThere);
  for (const contract of [acknowledgeAlert, resolveAlert]) {
    await expect(fixture.requester.ask(contract, { alertId: 'x', actor: 'Ada' })).rejects.toMatchObject(notThere);
  }
});

it('is about whatever a run event names, however long or odd', async () => {
  const runId = `${'long-'.repeat(200)}\u{1F570}`;
  const details = { reason: 'METADATA_MISSING', missing: ['\u0000'] };
  const metadata = { providerId: 'odd\u0000\ud800' };
  const odd = { runId, planId: 'plan-odd', branch: '', metadata, message: 'x\u0000' };
  await fixture.record([
    runEvent({ ...odd, status: 'Blocked', details }),
    runEvent({ ...odd, status: 'Failed', attempt: 2, details: { code: 'PROVIDER_REFUSED' } }),
    runEvent({ ...odd, status: 'Blocked', attempt: 3, details }),
  ]);
  expect(await fixture.history('plan-odd')).toHaveLength(3);
  expect((await alertsOf(fixture, { planId: 'plan-odd' })).map(({ status }) => status).toSorted()).toEqual([
    'open',
    'resolved',
  ]);
});

it('tells of nothing that is rolled back', async () => {
  await expect(
    fixture.record([causeReport({ cause: 'cause-back' }), causeReport({ occurredAt: 'never' })]),
  ).rejects.toThrow('never');
  expect(await alertsOf(fixture, {})).toEqual([]);
  expect(await toldOf(fixture, 'cause-back')).toEqual([]);
});

describe('the list', () => {
  it('has those seen last first, in pages, each once, also where many were seen at one moment', async () => {
    for (let n = 0; n < 23; n += 1) {
      if (n % 4 === 0) fixture.clock.advance(1);
      await opened(`cause-${n}`);
    }
    const pages: Alert[][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await fixture.requester.ask(listAlerts, { cursor, limit: 5 });
      pages.push(page.items);
      cursor = page.nextCursor;
    }
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
    const all = pages.flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(23);
    expect(all.map(({ lastSeen }) => lastSeen)).toEqual(
      all
        .map(({ lastSeen }) => lastSeen)
        .toSorted()
        .toReversed(),
    );
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['an id that PostgreSQL cannot read', cursorOf('2026-01-01T00:00:00Z', '\u0000')],
    ['the year 0', cursorOf('0000-01-01T00:00:00Z', 'a')],
  ])('has no page after %s', async (_what, cursor) => {
    await expect(fixture.requester.ask(listAlerts, { cursor })).rejects.toMatchObject({
      status: 400,
      errors: [{ field: 'cursor' }],
    });
  });

  it('is filtered by plan, branch, severity, status and rule', async () => {
    await fixture.record([
      causeReport({ cause: 'a', planId: 'plan-a', branch: 'main', severity: 'critical', rule: 'drift' }),
      causeReport({ cause: 'b', planId: 'plan-b', branch: 'alt', severity: 'info', rule: 'lore-failed' }),
      causeReport({ cause: 'c', planId: 'plan-b', branch: 'main', severity: 'warning', rule: 'drift' }),
    ]);
    const [c] = (await fixture.requester.ask(listAlerts, { planId: 'plan-b', branch: 'main' })).items;
    await fixture.requester.ask(acknowledgeAlert, { alertId: c!.id, actor: 'Ada' });
    const causes = async (filter: object) =>
      (await fixture.requester.ask(listAlerts, filter)).items.map(({ cause }) => cause).toSorted();
    expect(await causes({ planId: 'plan-b' })).toEqual(['b', 'c']);
    expect(await causes({ branch: 'main' })).toEqual(['a', 'c']);
    expect(await causes({ severity: 'info' })).toEqual(['b']);
    expect(await causes({ status: 'acknowledged' })).toEqual(['c']);
    expect(await causes({ rule: 'drift', status: 'open' })).toEqual(['a']);
  });

  it('ends a page before it is too large for the bus', async () => {
    const itemIds = Array.from({ length: 200 }, (_, n) => `${n}`.padEnd(300, 'é'));
    await fixture.record(
      Array.from({ length: 12 }, (_, n) => causeReport({ cause: `large-${n}`, itemIds, message: '🕰'.repeat(1_000) })),
    );
    const { items, nextCursor } = await fixture.requester.ask(listAlerts, { limit: MAX_PAGE });
    expect(items.length).toBeLessThan(12);
    const rest = await fixture.requester.ask(listAlerts, { limit: MAX_PAGE, cursor: nextCursor! });
    expect(new Set([...items, ...rest.items].map(({ id }) => id)).size).toBe(items.length + rest.items.length);
  });
});

it('shows how many are open by rule and severity, and counts what became of them once', async () => {
  const lines = async (name: string) =>
    (await fixture.metrics())
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) && line.includes('"locked-fact"'));
  const report = (cause: string, present = true) => causeReport({ cause, present, rule: 'locked-fact' });
  await fixture.record([report('one'), report('two')]);
  expect(await lines('fiction_alerts_open')).toEqual([expect.stringMatching(/severity="warning".*\} 2$/)]);
  await fixture.record([report('one', false), report('two', false)]);
  expect(await lines('fiction_alerts_open')).toEqual([]);
  await until('telemetry has heard what it told', async () =>
    (await lines('fiction_alert_changes_total')).some((line) => /change="resolved".*\} 2$/.test(line)),
  );
  expect(await lines('fiction_alert_changes_total')).toContainEqual(expect.stringMatching(/change="opened".*\} 2$/));
});
