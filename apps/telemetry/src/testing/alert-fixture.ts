import {
  alertChangeSchema,
  listAlerts,
  type Alert,
  type AlertCause,
  type AlertChange,
  type AlertRule,
  type BuriedMessage,
  type RunEvent,
} from '@fiction/contracts';
import { randomUUID } from 'node:crypto';
import { runEvent } from './run-event.builder';
import type { TelemetryFixture } from './telemetry-fixture';

/** The alerts of a rule or of a plan, the oldest first. */
export async function alertsOf(
  fixture: TelemetryFixture,
  filter: { rule?: AlertRule; planId?: string },
): Promise<Alert[]> {
  const { items } = await fixture.requester.ask(listAlerts, { ...filter, limit: 200 });
  return items.toReversed();
}

/** The same, of each only how it stands and how often its cause was seen. */
export async function statusesOf(...of: Parameters<typeof alertsOf>): Promise<Pick<Alert, 'status' | 'count'>[]> {
  return (await alertsOf(...of)).map(({ status, count }) => ({ status, count }));
}

/** What was told of an alert, in order. The outbox is the witness: whatever leaves it has been in it. */
export async function toldOf(fixture: TelemetryFixture, cause: string): Promise<Pick<AlertChange, 'change' | 'by'>[]> {
  const rows = await fixture.query<{ body: unknown }>('SELECT body FROM told_alerts ORDER BY position');
  return rows
    .map(({ body }) => alertChangeSchema.parse(body))
    .filter(({ alert }) => alert.cause === cause)
    .map(({ change, by }) => ({ change, by }));
}

/** Keeps a copy of every `alert.changed` that is put into the outbox. */
export async function witnessAlerts(fixture: TelemetryFixture): Promise<void> {
  await fixture.query('CREATE TABLE told_alerts (position bigint, body json)');
  await fixture.query(`
    CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF new.subject = 'fiction.event.alert.changed' THEN
        INSERT INTO told_alerts VALUES (new.position, new.body);
      END IF;
      RETURN new;
    END $$`);
  await fixture.query('CREATE TRIGGER witness AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION witness()');
}

/** Events of one run, each a millisecond after the one before. */
export class RunTold {
  private told = 0;

  constructor(
    readonly fixture: TelemetryFixture,
    private readonly about: Partial<RunEvent> & { runId: string },
  ) {}

  /** The next event, at the time of the clock. */
  event(status: RunEvent['status'], given: Partial<RunEvent> = {}): RunEvent {
    this.told += 1;
    const occurredAt = new Date(this.fixture.clock.now().getTime() + this.told).toISOString();
    return runEvent({ planId: this.about.runId, ...this.about, status, occurredAt, ...given });
  }

  async tell(status: RunEvent['status'], given: Partial<RunEvent> = {}): Promise<void> {
    await this.fixture.record([this.event(status, given)]);
  }
}

export function causeReport(given: Partial<AlertCause> = {}): AlertCause {
  return {
    eventId: randomUUID(),
    rule: 'orphan',
    cause: 'item-1',
    planId: 'plan-1',
    branch: 'main',
    itemIds: ['item-1'],
    severity: 'warning',
    message: 'nobody has it',
    present: true,
    occurredAt: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}

export function burial(given: Partial<BuriedMessage> = {}): BuriedMessage {
  return {
    eventId: randomUUID(),
    service: 'scene-weaver',
    subject: 'fiction.command.scene-weaver.start-runs',
    messageId: randomUUID(),
    problem: 'not JSON',
    planId: null,
    occurredAt: '2026-01-01T00:00:00.000Z',
    ...given,
  };
}
