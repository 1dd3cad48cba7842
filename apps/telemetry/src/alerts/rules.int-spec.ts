import { alertCauseReported, messageBuried, runProgressed, type RunEvent } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { alertsOf, burial, causeReport, RunTold, toldOf, witnessAlerts } from '../testing/alert-fixture';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

const MINUTE_MS = 60_000;

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
  await witnessAlerts(fixture);
});
afterAll(() => fixture.stop());

const blockedBy = (missing: string[]) => ({ message: 'x', details: { reason: 'METADATA_MISSING', missing } });
const refusal = (code: string) => ({ message: 'no answer', details: { code, retryInMs: 1 } });
const statuses = async (runId: string, rule?: 'item-blocked' | 'metadata-missing') =>
  (await alertsOf(fixture, { planId: runId, ...(rule && { rule }) })).map(({ status, count }) => ({ status, count }));

describe('metadata-missing', () => {
  it('opens for what lacks metadata, counts, is gone when the run starts, and comes back as a new alert', async () => {
    const run = new RunTold(fixture, { runId: 'run-missing' });
    await run.tell('Blocked', blockedBy(['agentId', 'modelId']));
    await run.tell('Enqueued', { attempt: 2 });
    await run.tell('Blocked', { attempt: 2, ...blockedBy(['modelId']) });
    const [alert] = await alertsOf(fixture, { planId: 'run-missing' });
    expect(alert).toMatchObject({
      rule: 'metadata-missing',
      cause: 'run-missing',
      severity: 'critical',
      branch: 'main',
      itemIds: ['run-missing'],
      message: expect.stringContaining('modelId'),
      details: { runId: 'run-missing', missing: ['modelId'] },
      count: 2,
      status: 'open',
    });
    await run.tell('Enqueued', { attempt: 3 });
    expect(await statuses('run-missing')).toEqual([{ status: 'open', count: 2 }]);
    await run.tell('Started', { attempt: 3 });
    expect(await alertsOf(fixture, { planId: 'run-missing' })).toMatchObject([
      { status: 'resolved', resolvedAt: expect.any(String), resolvedBy: null },
    ]);
    fixture.clock.advance(1);
    await run.tell('Blocked', { attempt: 3, ...blockedBy(['modelId']) });
    expect(await statuses('run-missing')).toEqual([
      { status: 'resolved', count: 2 },
      { status: 'open', count: 1 },
    ]);
    expect((await toldOf(fixture, 'run-missing')).map(({ change }) => change)).toEqual([
      'opened',
      'resolved',
      'reopened',
    ]);
  });

  it('goes by the run while the item is what is missing, and is still gone once the item is known', async () => {
    const run = new RunTold(fixture, { runId: 'run-no-item' });
    const { backlogItemId: _, ...metadata } = runEvent().metadata;
    await run.tell('Blocked', { metadata, ...blockedBy(['backlogItemId']) });
    expect(await alertsOf(fixture, { planId: 'run-no-item' })).toMatchObject([
      { cause: 'run-no-item', itemIds: ['run-no-item'] },
    ]);
    await run.tell('Started', { attempt: 2, metadata: { ...metadata, backlogItemId: 'item-7' } });
    expect(await statuses('run-no-item')).toEqual([{ status: 'resolved', count: 1 }]);
  });

  it('is gone when the run is cancelled, and not opened by what is told late', async () => {
    const run = new RunTold(fixture, { runId: 'run-late' });
    const late = run.event('Blocked', blockedBy(['modelId']));
    await run.tell('Started', { attempt: 2 });
    await fixture.record([late]);
    expect(await statuses('run-late')).toEqual([]);
    await run.tell('Blocked', { attempt: 3, ...blockedBy(['modelId']) });
    await run.tell('Cancelled', { attempt: 3 });
    expect(await statuses('run-late')).toEqual([{ status: 'resolved', count: 1 }]);
  });
});

describe('item-blocked', () => {
  it('opens when a run has been blocked for too long, once, and is gone when it goes on', async () => {
    const run = new RunTold(fixture, { runId: 'run-blocked' });
    await run.tell('Blocked', { message: 'waits for lore', details: { reason: 'LORE_MISSING' } });
    fixture.clock.advance(15 * MINUTE_MS - 1_000);
    await fixture.sweep();
    expect(await statuses('run-blocked')).toEqual([]);
    fixture.clock.advance(2_000);
    await fixture.sweep();
    await fixture.sweep();
    expect(await alertsOf(fixture, { planId: 'run-blocked' })).toMatchObject([
      {
        rule: 'item-blocked',
        cause: 'run-blocked',
        severity: 'warning',
        count: 1,
        message: expect.stringContaining('waits for lore'),
      },
    ]);
    await run.tell('Started', { attempt: 2 });
    expect(await statuses('run-blocked')).toEqual([{ status: 'resolved', count: 1 }]);
  });

  it('does not open for missing metadata, which has an alert of its own, and is gone when that is what it lacks', async () => {
    const gap = new RunTold(fixture, { runId: 'run-gap' });
    await gap.tell('Blocked', blockedBy(['modelId']));
    const both = new RunTold(fixture, { runId: 'run-both' });
    await both.tell('Blocked', { details: { reason: 'LORE_MISSING' } });
    fixture.clock.advance(16 * MINUTE_MS);
    await fixture.sweep();
    expect(await statuses('run-gap', 'item-blocked')).toEqual([]);
    expect(await statuses('run-gap', 'metadata-missing')).toEqual([{ status: 'open', count: 1 }]);
    expect(await statuses('run-both', 'item-blocked')).toEqual([{ status: 'open', count: 1 }]);
    await both.tell('Blocked', { attempt: 2, ...blockedBy(['modelId']) });
    expect(await statuses('run-both', 'item-blocked')).toEqual([{ status: 'resolved', count: 1 }]);
    expect(await statuses('run-both', 'metadata-missing')).toEqual([{ status: 'open', count: 1 }]);
  });

  it('does not count the time in the queue, and counts being blocked for long once more', async () => {
    const run = new RunTold(fixture, { runId: 'run-queued' });
    await run.tell('Blocked', { details: { reason: 'LORE_MISSING' } });
    await run.tell('Enqueued', { attempt: 2 });
    fixture.clock.advance(16 * MINUTE_MS);
    await fixture.sweep();
    expect(await statuses('run-queued')).toEqual([]);
    for (const attempt of [2, 3]) {
      await run.tell('Blocked', { attempt, details: { reason: 'LORE_MISSING' } });
      fixture.clock.advance(16 * MINUTE_MS);
      await fixture.sweep();
      await run.tell('Enqueued', { attempt: attempt + 1 });
    }
    expect(await statuses('run-queued')).toEqual([{ status: 'open', count: 2 }]);
  });
});

describe('item-on-fire', () => {
  const failed = (attempt: number, revision = 1, resumption = 0) => ({
    attempt,
    revision,
    resumption,
    details: { code: 'ANSWER_INVALID' },
  });

  it('opens when a run fails again after it was resumed, and is gone when it completes', async () => {
    const run = new RunTold(fixture, { runId: 'run-fire' });
    await run.tell('Failed', failed(1));
    await run.tell('Resumed', { attempt: 2, resumption: 1 });
    await run.tell('Started', { attempt: 2, resumption: 1 });
    expect(await statuses('run-fire')).toEqual([]);
    await run.tell('Failed', failed(2, 1, 1));
    await run.tell('Failed', failed(3, 1, 2));
    expect(await alertsOf(fixture, { planId: 'run-fire' })).toMatchObject([
      { rule: 'item-on-fire', severity: 'critical', count: 2, details: { failures: 3, code: 'ANSWER_INVALID' } },
    ]);
    await run.tell('Completed', { attempt: 4 });
    expect(await statuses('run-fire')).toEqual([{ status: 'resolved', count: 2 }]);
    await run.tell('Failed', failed(5, 2));
    expect(await statuses('run-fire')).toEqual([{ status: 'resolved', count: 2 }]);
  });

  it('does not open at a second failure that nobody resumed, nor at the first after a resume of something else', async () => {
    const again = new RunTold(fixture, { runId: 'run-handed-out-again' });
    await again.tell('Failed', failed(1));
    await again.tell('Failed', failed(2));
    expect(await statuses('run-handed-out-again')).toEqual([]);
    const stopped = new RunTold(fixture, { runId: 'run-stopped' });
    await stopped.tell('Cancelled');
    await stopped.tell('Failed', failed(2, 1, 1));
    expect(await statuses('run-stopped')).toEqual([]);
  });

  it('is gone when somebody cancels the run, and comes back when that is resumed and fails again', async () => {
    const run = new RunTold(fixture, { runId: 'run-doused' });
    await run.tell('Failed', failed(1));
    await run.tell('Failed', failed(2, 1, 1));
    await run.tell('Cancelled', { attempt: 2, resumption: 1 });
    expect(await statuses('run-doused')).toEqual([{ status: 'resolved', count: 1 }]);
    await run.tell('Resumed', { attempt: 3, resumption: 2 });
    expect(await statuses('run-doused')).toEqual([{ status: 'resolved', count: 1 }]);
    fixture.clock.advance(1);
    await run.tell('Failed', failed(3, 1, 2));
    expect(await statuses('run-doused')).toEqual([
      { status: 'resolved', count: 1 },
      { status: 'open', count: 1 },
    ]);
  });

  it('takes no notice of a cancel that is told late', async () => {
    const run = new RunTold(fixture, { runId: 'run-still-burning' });
    const late = run.event('Cancelled', { attempt: 2, resumption: 1 });
    await run.tell('Failed', failed(1));
    await run.tell('Failed', failed(3, 1, 2));
    await fixture.record([late]);
    expect(await statuses('run-still-burning')).toEqual([{ status: 'open', count: 1 }]);
  });

  it('opens at the third failure when each was of another input', async () => {
    const run = new RunTold(fixture, { runId: 'run-revised' });
    await run.tell('Failed', failed(1, 1));
    await run.tell('Failed', failed(2, 2));
    expect(await statuses('run-revised')).toEqual([]);
    await run.tell('Failed', failed(3, 3));
    expect(await statuses('run-revised')).toEqual([{ status: 'open', count: 1 }]);
  });
});

describe('flapping', () => {
  it('opens at the 21st change of status within ten minutes, and is gone when there are fewer than ten', async () => {
    const run = new RunTold(fixture, { runId: 'run-flap' });
    await run.tell('Enqueued');
    await run.tell('Started');
    await run.tell('Progress');
    for (let attempt = 2; attempt <= 10; attempt += 1) {
      await run.tell('Resumed', { attempt, details: { reason: 'WORKER_LOST' } });
      await run.tell('Started', { attempt });
    }
    expect(await statuses('run-flap')).toEqual([]);
    fixture.clock.advance(1_000);
    await run.tell('Resumed', { attempt: 11 });
    await run.tell('Started', { attempt: 11 });
    expect(await alertsOf(fixture, { planId: 'run-flap' })).toMatchObject([
      { rule: 'flapping', cause: 'run-flap', severity: 'warning', count: 2 },
    ]);
    fixture.clock.advance(10 * MINUTE_MS - 1_500);
    await fixture.sweep();
    expect(await statuses('run-flap')).toEqual([{ status: 'open', count: 2 }]);
    fixture.clock.advance(1_000);
    await fixture.sweep();
    expect(await statuses('run-flap')).toEqual([{ status: 'resolved', count: 2 }]);
  });

  it('does not take changes for flapping that lie far apart', async () => {
    const run = new RunTold(fixture, { runId: 'run-slow' });
    for (let attempt = 1; attempt <= 30; attempt += 1) {
      await run.tell('Resumed', { attempt });
      fixture.clock.advance(MINUTE_MS);
    }
    expect(await statuses('run-slow')).toEqual([]);
  });
});

describe('provider-refusing', () => {
  const of = (providerId: string): Partial<RunEvent> => ({ metadata: { ...runEvent().metadata, providerId } });
  const alerts = async (providerId: string) =>
    (await alertsOf(fixture, { rule: 'provider-refusing' })).filter(({ cause }) => cause === providerId);

  it('opens at the tenth refusal in a row, whatever runs they are of, and is gone when one completes', async () => {
    const codes = ['PROVIDER_THROTTLED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_TIMEOUT'];
    const refuse = async (n: number) =>
      new RunTold(fixture, { runId: `run-refused-${n}`, ...of('stingy') }).tell('Resumed', refusal(codes[n % 3]!));
    for (let n = 0; n < 9; n += 1) await refuse(n);
    const happy = new RunTold(fixture, { runId: 'run-happy', ...of('stingy') });
    await happy.tell('Resumed', refusal('ANSWER_INVALID'));
    expect(await alerts('stingy')).toEqual([]);
    await new RunTold(fixture, { runId: 'run-refused', ...of('stingy') }).tell('Failed', refusal('PROVIDER_REFUSED'));
    await refuse(10);
    expect(await alerts('stingy')).toMatchObject([
      { severity: 'critical', planId: null, count: 2, status: 'open', details: { code: 'PROVIDER_UNAVAILABLE' } },
    ]);
    fixture.clock.advance(10);
    await new RunTold(fixture, { runId: 'run-first-try', ...of('stingy') }).tell('Completed');
    expect(await alerts('stingy')).toMatchObject([{ status: 'resolved' }]);
  });

  it('begins anew with every run that completes, on whatever replica, and after ten minutes', async () => {
    for (let n = 0; n < 30; n += 1) {
      fixture.clock.advance(10);
      const run = new RunTold(fixture, { runId: `run-moody-${n}`, ...of('moody') });
      await run.tell(n % 9 === 8 ? 'Completed' : 'Resumed', n % 9 === 8 ? {} : refusal('PROVIDER_TIMEOUT'));
    }
    for (let n = 0; n < 30; n += 1) {
      fixture.clock.advance(2 * MINUTE_MS);
      const run = new RunTold(fixture, { runId: `run-rare-${n}`, ...of('rare') });
      await run.tell('Resumed', refusal('PROVIDER_TIMEOUT'));
    }
    expect([...(await alerts('moody')), ...(await alerts('rare'))]).toEqual([]);
  });
});

describe('what is told by others', () => {
  it('opens, counts, resolves and reopens as services report, and leaves out what is out of date', async () => {
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    const about = { rule: 'resume-timeout', cause: 'item-9', planId: 'plan-told' } as const;
    const report = (second: number, present: boolean) =>
      fixture.publish(
        alertCauseReported.subject,
        JSON.stringify(causeReport({ ...about, present, occurredAt: at(second) })),
      );
    for (const [second, present] of [
      [1, true],
      [2, true],
      [5, false],
      [3, true],
      [6, true],
    ] as const) {
      await report(second, present);
      await fixture.settled();
    }
    const alerts = await alertsOf(fixture, { planId: 'plan-told' });
    expect(alerts.map(({ status, count }) => ({ status, count })).sort((a, b) => b.count - a.count)).toEqual([
      { status: 'resolved', count: 2 },
      { status: 'open', count: 1 },
    ]);
    expect(alerts[0]).toMatchObject({
      severity: 'warning',
      branch: 'main',
      itemIds: ['item-1'],
      message: 'nobody has it',
    });
  });

  it('takes many reports of one cause in one batch, in their order', async () => {
    const report = (present: boolean) => causeReport({ cause: 'item-often', planId: 'plan-often', present });
    await fixture.record([true, true, false, false, true, false, true, true, true].map(report));
    const alerts = await statuses('plan-often');
    expect(alerts.sort((one, other) => one.count - other.count)).toEqual([
      { status: 'resolved', count: 1 },
      { status: 'resolved', count: 2 },
      { status: 'open', count: 3 },
    ]);
  });

  it('keeps an alert of dead letters for each service and subject, until somebody resolves it', async () => {
    await fixture.publish(messageBuried.subject, JSON.stringify(burial({ planId: 'plan-buried' })));
    await fixture.publish(messageBuried.subject, JSON.stringify(burial({ planId: 'plan-buried' })));
    await fixture.settled();
    expect(await alertsOf(fixture, { planId: 'plan-buried' })).toMatchObject([
      {
        rule: 'dead-letter',
        cause: 'scene-weaver fiction.command.scene-weaver.start-run',
        count: 2,
        message: expect.stringContaining('until somebody resolves it'),
      },
    ]);
  });

  it('hears of its own dead letters, and of those about alerts says nothing', async () => {
    await fixture.publish(runProgressed.subject, 'rubbish');
    await fixture.publish(messageBuried.subject, 'rubbish');
    await fixture.publish('fiction.event.alert.changed', 'rubbish');
    await fixture.settled();
    const [letters] = await fixture.query<{ count: number }>(
      `SELECT count(*)::int FROM dead_letters WHERE body = 'rubbish'`,
    );
    expect(letters).toEqual({ count: 3 });
    const own = async () =>
      (await alertsOf(fixture, { rule: 'dead-letter' })).filter(({ cause }) => /^tele/.test(cause));
    // The relay publishes what was put aside; once its own alert is told there is nothing more to come.
    await until('telemetry has heard of its dead letter', async () => (await own()).length > 0);
    await fixture.settled();
    expect(await own()).toMatchObject([{ cause: `telemetry ${runProgressed.subject}`, count: 1 }]);
  });
});
