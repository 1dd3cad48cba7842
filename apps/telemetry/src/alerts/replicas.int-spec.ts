import { alertsOf, burial, causeReport, RunTold, toldOf, witnessAlerts } from '../testing/alert-fixture';
import { TelemetryFixture } from '../testing/telemetry-fixture';

const HOUR_MS = 3_600_000;
const RUNS = 40;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start(2);
  await witnessAlerts(fixture);
});
afterAll(() => fixture.stop());

it('opens one alert for each run when two replicas sweep at once, while events of the runs come in', async () => {
  const runs = numbers(RUNS).map((n) => new RunTold(fixture, { runId: `run-${n}`, planId: 'plan-swept' }));
  for (const run of runs) await run.tell('Blocked', { details: { reason: 'LORE_MISSING' } });
  fixture.clock.advance(HOUR_MS);
  await Promise.all([...numbers(6).map((n) => fixture.sweep(n % 2)), runs[0]!.tell('Started', { attempt: 2 })]);

  const alerts = await alertsOf(fixture, { rule: 'item-blocked' });
  const others = alerts.filter(({ cause }) => cause !== 'run-0');
  expect(others).toHaveLength(RUNS - 1);
  for (const { cause, count, status } of others) {
    expect({ count, status }).toEqual({ count: 1, status: 'open' });
    expect(await toldOf(fixture, cause)).toEqual([{ change: 'opened', by: null }]);
  }
  // It went on before or after it was swept.
  expect(alerts.filter(({ cause, status }) => cause === 'run-0' && status !== 'resolved')).toEqual([]);
});

it('keeps one alert of a cause that two replicas see at once, and counts every time', async () => {
  await Promise.all(
    numbers(40).map((n) => fixture.record([n % 2 === 0 ? causeReport() : burial({ planId: 'plan-1' })], n % 2)),
  );
  const alerts = await alertsOf(fixture, { planId: 'plan-1' });
  expect(alerts.map(({ rule, count }) => `${rule} ${count}`).sort()).toEqual(['dead-letter 20', 'orphan 20']);
});

it('keeps one alert of a provider that refuses runs of many plans on two replicas', async () => {
  await Promise.all(
    numbers(40).map((n) =>
      fixture.record(
        [
          new RunTold(fixture, { runId: `refused-${n}` }).event('Resumed', {
            details: { code: 'PROVIDER_TIMEOUT', retryInMs: 1 },
          }),
        ],
        n % 2,
      ),
    ),
  );
  expect(await alertsOf(fixture, { rule: 'provider-refusing' })).toMatchObject([{ count: 31, status: 'open' }]);
});
