import { alertsOf, RunTold, statusesOf, toldOf, witnessAlerts } from '../../testing/alert-fixture';
import { runEvent } from '../../testing/run-event.builder';
import { TelemetryFixture } from '../../testing/telemetry-fixture';

const MINUTE_MS = 60_000;

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
  await witnessAlerts(fixture);
});
afterAll(() => fixture.stop());

const blockedBy = (missing: string[]) => ({ message: 'x', details: { reason: 'METADATA_MISSING', missing } });
const statuses = (planId: string, rule?: 'item-blocked' | 'metadata-missing') => statusesOf(fixture, { planId, rule });

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
