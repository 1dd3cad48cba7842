import type { AuditOutcome, AuditRecord, listAudit, ReplyOf, RequestOf } from '@fiction/contracts';
import { Database, storableJson, pageOfRows, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { auditCursor, readAuditCursor } from './audit-cursor';

const INSERT = `
  INSERT INTO audit (event_id, occurred_at, actor_id, actor_name, actor_role, method, route, plan_id, targets, outcome,
    status, code, correlation_id, remote_address)
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::jsonb[], $10::text[], $11::int[], $12::text[], $13::text[], $14::text[])
  ON CONFLICT (event_id) DO NOTHING`;

const COLUMNS = `
  position, event_id, occurred_at, actor_id, actor_name, actor_role, method, route, targets, outcome, status, code,
  correlation_id, remote_address`;

interface AuditRow {
  position: string;
  event_id: string;
  occurred_at: Date;
  actor_id: string;
  actor_name: string;
  actor_role: string;
  method: string;
  route: string;
  targets: Record<string, string>;
  outcome: AuditOutcome;
  status: number;
  code: string | null;
  correlation_id: string;
  remote_address: string | null;
}

/** The audit trail, as it is kept. */
@Injectable()
export class AuditStore {
  constructor(private readonly database: Database) {}

  /** Keeps what is not there yet, by `eventId`. */
  async add(uow: UnitOfWork, records: AuditRecord[]): Promise<void> {
    await uow.query(INSERT, [
      records.map((record) => record.eventId),
      records.map((record) => record.occurredAt),
      records.map((record) => record.actor.tokenId),
      records.map((record) => record.actor.name),
      records.map((record) => record.actor.role),
      records.map((record) => record.method),
      records.map((record) => record.route),
      records.map((record) => record.targets['planId'] ?? null),
      records.map((record) => storableJson(record.targets)),
      records.map((record) => record.outcome),
      records.map((record) => record.status),
      records.map((record) => record.code),
      records.map((record) => record.correlationId),
      records.map((record) => record.remoteAddress),
    ]);
  }

  /** A page of what fits the filters, newest first. */
  async page(question: RequestOf<typeof listAudit>): Promise<ReplyOf<typeof listAudit>> {
    const { limit } = question;
    const { text, values } = pageQuery(question);
    const rows = await this.database.query<AuditRow>(text, [...values, limit + 1]);
    const { page, nextCursor } = pageOfRows(rows, limit, cursorAfter);
    return { items: page.map(recordOf), nextCursor };
  }
}

/** Only the filters that are given become conditions, so that each finds its index. The texts are few. */
function pageQuery({ cursor, planId, actor, outcome, since }: RequestOf<typeof listAudit>) {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${values.push(value)}`;
  if (planId !== undefined) conditions.push(`plan_id = ${place(planId)}`);
  if (actor !== undefined) {
    const named = place(actor);
    conditions.push(`(actor_id = ${named} OR actor_name = ${named})`);
  }
  if (outcome !== undefined) conditions.push(`outcome = ${place(outcome)}`);
  if (since !== undefined) conditions.push(`occurred_at >= ${place(since)}::timestamptz`);
  if (cursor !== undefined) {
    const { occurredAt, position } = readAuditCursor(cursor);
    conditions.push(`(occurred_at, position) < (${place(occurredAt)}::timestamptz, ${place(position)}::bigint)`);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const text = `SELECT ${COLUMNS} FROM audit ${where} ORDER BY occurred_at DESC, position DESC LIMIT $${values.length + 1}`;
  return { text, values };
}

function cursorAfter({ occurred_at, position }: AuditRow): string {
  return auditCursor({ occurredAt: occurred_at.toISOString(), position });
}

function recordOf(row: AuditRow): AuditRecord {
  return {
    eventId: row.event_id,
    occurredAt: row.occurred_at.toISOString(),
    actor: { tokenId: row.actor_id, name: row.actor_name, role: row.actor_role },
    method: row.method,
    route: row.route,
    targets: row.targets,
    outcome: row.outcome,
    status: row.status,
    code: row.code,
    correlationId: row.correlation_id,
    remoteAddress: row.remote_address,
  };
}
