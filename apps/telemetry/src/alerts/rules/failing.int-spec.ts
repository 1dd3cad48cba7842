import { type RunEvent } from '@fiction/contracts';
import { alertsOf, RunTold, statusesOf, witnessAlerts } from '../../testing/alert-fixture';
import { runEvent } from '../../testing/run-event.builder';
import { TelemetryFixture } from '../../testing/telemetry-fixture';

const MINUTE_MS = 60_000;

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
  await witnessAlerts(fixture);
});
afterAll(() => fixture.stop());

const refusal = (code: string) => ({ message: 'no answer', details: { code, retryInMs: 1 } });
const statuses = (planId: string) => statusesOf(fixture, { planId });

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

  it('does not take waiting for a provider for flapping, and counts what comes after it', async () => {
    const run = new RunTold(fixture, { runId: 'run-patient' });
    await run.tell('Started');
    const waits = (attempt: number) => ({ attempt, details: { code: 'PROVIDER_UNREACHABLE', waits: true } });
    for (let attempt = 2; attempt <= 40; attempt += 1) {
      await run.tell('Resumed', waits(attempt));
      await run.tell('Started', { attempt });
    }
    expect(await statuses('run-patient')).toEqual([]);
    for (let attempt = 41; attempt <= 52; attempt += 1) {
      await run.tell('Resumed', { attempt, details: { reason: 'WORKER_LOST' } });
      await run.tell('Started', { attempt });
    }
    expect(await alertsOf(fixture, { planId: 'run-patient' })).toMatchObject([{ rule: 'flapping' }]);
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
    const codes = ['PROVIDER_THROTTLED', 'PROVIDER_UNREACHABLE', 'PROVIDER_NOT_READY', 'PROVIDER_TIMEOUT'];
    const refuse = async (n: number) =>
      new RunTold(fixture, { runId: `run-refused-${n}`, ...of('stingy') }).tell('Resumed', refusal(codes[n % 4]!));
    for (let n = 0; n < 9; n += 1) await refuse(n);
    const happy = new RunTold(fixture, { runId: 'run-happy', ...of('stingy') });
    await happy.tell('Resumed', refusal('ANSWER_INVALID'));
    expect(await alerts('stingy')).toEqual([]);
    await new RunTold(fixture, { runId: 'run-refused', ...of('stingy') }).tell('Failed', refusal('PROVIDER_REFUSED'));
    await refuse(10);
    expect(await alerts('stingy')).toMatchObject([
      { severity: 'critical', planId: null, count: 2, status: 'open', details: { code: 'PROVIDER_NOT_READY' } },
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
