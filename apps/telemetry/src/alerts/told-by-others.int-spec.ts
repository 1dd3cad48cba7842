import { alertCauseReported, messageBuried, runProgressed, type BranchEvent } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { randomUUID } from 'node:crypto';
import { alertsOf, burial, causeReport, statusesOf, toldOf, witnessAlerts } from '../testing/alert-fixture';
import { TelemetryFixture } from '../testing/telemetry-fixture';

let fixture: TelemetryFixture;
beforeAll(async () => {
  fixture = await TelemetryFixture.start();
  await witnessAlerts(fixture);
});
afterAll(() => fixture.stop());

const statuses = (planId: string) => statusesOf(fixture, { planId });

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

  it('resolves the alerts of a branch that is archived, and opens none there any more', async () => {
    const planId = 'plan-archived';
    const branchIs = (status: BranchEvent['status'], second: number): BranchEvent => ({
      eventId: randomUUID(),
      planId,
      branch: 'alt',
      primary: false,
      status,
      reason: null,
      occurredAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    });
    const report = (branch: string) =>
      causeReport({ rule: 'obligation-overdue', cause: `owed@${branch}`, planId, branch });
    await fixture.record([branchIs('running', 1), report('main'), report('alt')]);
    const resolved = async () =>
      Object.fromEntries((await alertsOf(fixture, { planId })).map(({ branch, status }) => [branch, status]));
    expect(await resolved()).toEqual({ main: 'open', alt: 'open' });
    await fixture.record([branchIs('archived', 2)]);
    expect(await resolved()).toEqual({ main: 'open', alt: 'resolved' });
    // What its services have not noticed yet.
    await fixture.record([report('main'), report('alt')]);
    expect(await resolved()).toEqual({ main: 'open', alt: 'resolved' });
    expect(await toldOf(fixture, 'owed@alt')).toEqual([
      { change: 'opened', by: null },
      { change: 'resolved', by: null },
    ]);
  });

  it('keeps an alert of dead letters for each service and subject, until somebody resolves it', async () => {
    await fixture.publish(messageBuried.subject, JSON.stringify(burial({ planId: 'plan-buried' })));
    await fixture.publish(messageBuried.subject, JSON.stringify(burial({ planId: 'plan-buried' })));
    await fixture.settled();
    expect(await alertsOf(fixture, { planId: 'plan-buried' })).toMatchObject([
      {
        rule: 'dead-letter',
        cause: 'scene-weaver fiction.command.scene-weaver.start-runs',
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
