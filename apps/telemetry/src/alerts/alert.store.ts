import {
  alertChanged,
  DomainError,
  listAlerts,
  NotFoundError,
  type Alert,
  type AlertChange,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { Outbox, outgoing } from '@fiction/messaging';
import { Clock, Database, storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ALERT_COLUMNS, cursorAfter, readPlace, toAlert, type AlertRow } from './alert.row';
import { ArchivedBranches } from './archived-branches';
import { inRounds, type Sighting } from './sighting';

/**
 * Sightings of different causes. Whoever sees a cause first opens its alert; the unique index lets everybody else, on
 * whatever replica, raise its count. In one order for all, so that nobody waits in a circle.
 */
const SIGHT = `
  WITH given AS (
    SELECT * FROM json_to_recordset($1::json) AS g (id text, present boolean, rule text, cause text, severity text,
      plan_id text, branch text, item_ids text[], message text, details jsonb, times int)
  ), seen AS (
    INSERT INTO alerts AS alert (id, rule, cause, severity, plan_id, branch, item_ids, message, details, status,
      first_seen, last_seen, count)
    SELECT id, rule, cause, severity, plan_id, branch, item_ids, message, details, 'open', $2::timestamptz, $2::timestamptz, times
    FROM given WHERE present ORDER BY rule, cause
    ON CONFLICT (rule, cause) WHERE status <> 'resolved' DO UPDATE SET
      severity = excluded.severity, plan_id = excluded.plan_id, branch = excluded.branch,
      item_ids = excluded.item_ids, message = excluded.message, details = excluded.details,
      last_seen = greatest(alert.last_seen, excluded.last_seen), count = alert.count + excluded.count
    RETURNING ${ALERT_COLUMNS}
  ), ending AS (
    SELECT id FROM alerts
    WHERE status <> 'resolved' AND (rule, cause) IN (SELECT rule, cause FROM given WHERE NOT present)
    ORDER BY rule, cause FOR UPDATE
  ), ended AS (
    UPDATE alerts SET status = 'resolved', resolved_at = $2::timestamptz WHERE id IN (SELECT id FROM ending)
    RETURNING ${ALERT_COLUMNS}
  )
  SELECT CASE WHEN EXISTS (SELECT 1 FROM alerts earlier WHERE earlier.rule = seen.rule AND earlier.cause = seen.cause)
    THEN 'reopened' ELSE 'opened' END AS change, seen.*
  FROM seen WHERE id IN (SELECT id FROM given)
  UNION ALL SELECT 'resolved', ended.* FROM ended`;

const LIST = `
  SELECT ${ALERT_COLUMNS} FROM alerts
  WHERE ($1::text IS NULL OR plan_id = $1) AND ($2::text IS NULL OR branch = $2)
    AND ($3::text IS NULL OR severity = $3) AND ($4::text IS NULL OR status = $4) AND ($5::text IS NULL OR rule = $5)
    AND ($6::timestamptz IS NULL OR (last_seen, id) < ($6, $7))
  ORDER BY last_seen DESC, id DESC LIMIT $8`;
const READ = `SELECT ${ALERT_COLUMNS} FROM alerts WHERE id = $1`;
const ACKNOWLEDGE = `
  UPDATE alerts SET status = 'acknowledged', acknowledged_at = $2, acknowledged_by = $3, note = coalesce($4, note)
  WHERE id = $1 AND status = 'open' RETURNING ${ALERT_COLUMNS}`;
const RESOLVE = `
  UPDATE alerts SET status = 'resolved', resolved_at = $2, resolved_by = $3, note = coalesce($4, note)
  WHERE id = $1 AND status <> 'resolved' RETURNING ${ALERT_COLUMNS}`;
const OPEN = `SELECT rule, severity, count(*)::int AS alerts FROM alerts WHERE status = 'open' GROUP BY rule, severity`;

/** A page ends before it outgrows what the bus carries, in bytes. */
const PAGE_BYTES = 600_000;

type ChangedRow = AlertRow & { change: AlertChange['change'] };

/** What a person does to an alert. */
interface Handling {
  alertId: string;
  actor: string;
  note?: string;
}

/** The alert is resolved, and stays so: its cause, seen again, opens another. */
export class AlertResolvedError extends DomainError {
  constructor(id: string) {
    super('ALERT_RESOLVED', 409, `The alert "${id}" is already resolved.`);
  }
}

/** The alerts. Whatever opens, acknowledges or resolves one is told in the same transaction. */
@Injectable()
export class AlertStore {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly archived: ArchivedBranches,
  ) {}

  /** Opens, counts and resolves what was sighted, in this order. */
  async apply(uow: UnitOfWork, sightings: Sighting[]): Promise<void> {
    for (const round of inRounds(await this.archived.leaveAlone(uow, sightings))) {
      const given = round.map((sighting) =>
        sighting.present
          ? { ...sighting, id: randomUUID(), plan_id: sighting.planId, item_ids: sighting.itemIds }
          : sighting,
      );
      const changed = await uow.query<ChangedRow>(SIGHT, [storableJson(given), this.clock.now()]);
      await this.tell(
        uow,
        changed.map(({ change, ...row }) => ({ change, by: null, alert: toAlert(row) })),
      );
    }
  }

  async list(question: RequestOf<typeof listAlerts>): Promise<ReplyOf<typeof listAlerts>> {
    const { planId, branch, severity, status, rule, cursor, limit } = question;
    const filters = [planId, branch, severity, status, rule].map((value) => value ?? null);
    const rows = await this.database.query<AlertRow>(LIST, [...filters, ...readPlace(cursor), limit + 1]);
    const items: Alert[] = [];
    let bytes = 0;
    for (const row of rows.slice(0, limit)) {
      const alert = toAlert(row);
      bytes += Buffer.byteLength(JSON.stringify(alert));
      if (items.length > 0 && bytes > PAGE_BYTES) break;
      items.push(alert);
    }
    return { items, nextCursor: items.length < rows.length ? cursorAfter(items.at(-1)!) : null };
  }

  /** @throws NotFoundError */
  async read(alertId: string): Promise<Alert> {
    const [row] = await this.database.query<AlertRow>(READ, [alertId]);
    if (row === undefined) throw new NotFoundError('alert', alertId);
    return toAlert(row);
  }

  /** @throws NotFoundError, AlertResolvedError */
  async acknowledge(handling: Handling): Promise<Alert> {
    return (await this.change(ACKNOWLEDGE, 'acknowledged', handling)) ?? this.unresolved(handling.alertId);
  }

  /** @throws NotFoundError, AlertResolvedError */
  async resolve(handling: Handling): Promise<Alert> {
    return (await this.change(RESOLVE, 'resolved', handling)) ?? this.unresolved(handling.alertId);
  }

  /** How many alerts are open, and nobody has said that he looks after them. */
  async open(): Promise<{ rule: string; severity: string; alerts: number }[]> {
    return this.database.query(OPEN);
  }

  private async change(
    statement: string,
    change: AlertChange['change'],
    { alertId, actor, note }: Handling,
  ): Promise<Alert | undefined> {
    return this.database.transaction(async (uow) => {
      const [row] = await uow.query<AlertRow>(statement, [alertId, this.clock.now(), actor, note ?? null]);
      if (row === undefined) return undefined;
      const alert = toAlert(row);
      await this.tell(uow, [{ change, by: actor, alert }]);
      return alert;
    });
  }

  private async unresolved(alertId: string): Promise<Alert> {
    const alert = await this.read(alertId);
    if (alert.status === 'resolved') throw new AlertResolvedError(alertId);
    return alert;
  }

  private async tell(uow: UnitOfWork, changes: Pick<AlertChange, 'change' | 'by' | 'alert'>[]): Promise<void> {
    const occurredAt = this.clock.now().toISOString();
    await this.outbox.add(
      uow,
      changes.map((one) => outgoing(alertChanged, { eventId: randomUUID(), ...one, occurredAt })),
    );
  }
}
