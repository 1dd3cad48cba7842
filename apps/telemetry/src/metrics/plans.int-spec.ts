import { planChanged, type PlanEvent } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { randomUUID } from 'node:crypto';
import { runEvent } from '../testing/run-event.builder';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
});
afterAll(() => fixture.stop());

function planEvent(planId: string, status: string, minute: number): PlanEvent {
  const occurredAt = new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
  return { eventId: randomUUID(), planId, branch: 'main', status, reason: null, occurredAt };
}

async function announce(...events: PlanEvent[]): Promise<void> {
  for (const event of events) await fixture.publish(planChanged.subject, JSON.stringify(event));
  await fixture.settled();
}

async function lines(name: string): Promise<string[]> {
  return (await fixture.metrics()).split('\n').filter((line) => line.startsWith(`${name}{`));
}

it('shows what may happen before it has happened, since nobody sees the first of what was not there', async () => {
  expect(await lines('fiction_runs_finished_total')).toContainEqual(
    expect.stringMatching(/phase="scene",status="Failed".*\} 0$/),
  );
  expect(await lines('fiction_alert_changes_total')).toContainEqual(
    expect.stringMatching(/rule="item-on-fire",change="opened".*\} 0$/),
  );
  expect(await lines('fiction_lore_moves_total')).toContainEqual(expect.stringMatching(/status="failed".*\} 0$/));
});

it('shows what a plan has come to while it is at work, and no longer', async () => {
  const usage = { calls: 2, inputTokens: 10, outputTokens: 10, costUsd: 0.25 };
  await announce(planEvent('plan-1', 'running', 1), planEvent('plan-2', 'running', 1), planEvent('plan-3', 'draft', 1));
  await fixture.record([
    runEvent({ planId: 'plan-1', runId: 'one', status: 'Completed', usage, details: { words: 800 } }),
    runEvent({ planId: 'plan-1', runId: 'two', usage }),
  ]);
  expect(await lines('fiction_plan_cost_usd')).toEqual([
    expect.stringMatching(/plan="plan-[12]"/),
    expect.stringMatching(/plan="plan-[12]"/),
  ]);
  expect(await lines('fiction_plan_cost_usd')).toContainEqual(expect.stringMatching(/plan="plan-1".*\} 0\.5$/));
  expect(await lines('fiction_plan_words')).toContainEqual(expect.stringMatching(/plan="plan-1".*\} 800$/));

  await announce(planEvent('plan-1', 'complete', 5), planEvent('plan-2', 'paused', 5));
  const counts = { draft: 1, running: 0, paused: 1, complete: 1, failed: 0, archived: 0 };
  for (const [status, plans] of Object.entries(counts)) {
    const series = new RegExp(`status="${status}".*\\} ${plans}$`);
    expect(await lines('fiction_plans')).toContainEqual(expect.stringMatching(series));
  }
  expect(await lines('fiction_plan_cost_usd')).toEqual([expect.stringMatching(/plan="plan-2".*\} 0$/)]);
});

it('keeps every change of a plan once, and the latest status whatever comes in late', async () => {
  const late = planEvent('plan-late', 'running', 1);
  const latest = planEvent('plan-late', 'complete', 9);
  await announce(latest, late, latest);
  expect(await fixture.query('SELECT status FROM plans WHERE plan_id = $1', ['plan-late'])).toEqual([
    { status: 'complete' },
  ]);
  const kept = await fixture.query('SELECT status FROM plan_events WHERE plan_id = $1 ORDER BY occurred_at', [
    'plan-late',
  ]);
  expect(kept).toEqual([{ status: 'running' }, { status: 'complete' }]);
});

it('counts events, ends of runs and words as they are stored, and repetitions not at all', async () => {
  const event = runEvent({ planId: 'plan-counted', phase: 'lore', status: 'Failed' });
  await fixture.record([event]);
  await fixture.record([event]);
  expect(await lines('fiction_events_stored_total')).toContainEqual(
    expect.stringMatching(/phase="lore",status="Failed".*\} 1$/),
  );
  expect(await lines('fiction_runs_finished_total')).toContainEqual(
    expect.stringMatching(/phase="lore",status="Failed".*\} 1$/),
  );
});

/** One plan at work, six statuses, one open alert. */
const SHOWN = 8;

it('answers while the database does not, without what it cannot know', async () => {
  const shown = async (): Promise<string[]> =>
    (await fixture.metrics()).split('\n').filter((line) => /^fiction_(plans|plan_cost_usd|alerts_open)\{/.test(line));
  await fixture.record([runEvent({ planId: 'plan-2', status: 'Blocked', details: { reason: 'METADATA_MISSING' } })]);
  expect((await shown()).length).toBe(SHOWN);
  await fixture.whileLocked('plans, alerts', async () => {
    expect(await shown()).toEqual([]);
    expect((await lines('fiction_events_stored_total')).length).toBeGreaterThan(0);
  });
  await until('the plans are shown again', async () => (await shown()).length === SHOWN);
});
