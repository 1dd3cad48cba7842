import { identifierSchema, momentSchema, UnknownCursorError, type Alert } from '@fiction/contracts';
import { z } from 'zod';

/** A row of `alerts`. */
export interface AlertRow {
  id: string;
  rule: Alert['rule'];
  cause: string;
  severity: Alert['severity'];
  plan_id: string | null;
  branch: string | null;
  item_ids: string[];
  message: string;
  details: Record<string, unknown>;
  status: Alert['status'];
  first_seen: Date;
  last_seen: Date;
  count: number;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  resolved_at: Date | null;
  resolved_by: string | null;
  note: string | null;
}

export const ALERT_COLUMNS = `id, rule, cause, severity, plan_id, branch, item_ids, message, details, status, first_seen,
  last_seen, count, acknowledged_at, acknowledged_by, resolved_at, resolved_by, note`;

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    rule: row.rule,
    cause: row.cause,
    severity: row.severity,
    planId: row.plan_id,
    branch: row.branch,
    itemIds: row.item_ids,
    message: row.message,
    details: row.details,
    status: row.status,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    count: row.count,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    resolvedBy: row.resolved_by,
    note: row.note,
  };
}

const place = z.tuple([momentSchema, identifierSchema]);

/** Where a page ends. Times are kept to the millisecond, so a cursor says them whole. */
export function cursorAfter(alert: Alert): string {
  return Buffer.from(JSON.stringify([alert.lastSeen, alert.id])).toString('base64url');
}

/** @throws UnknownCursorError when no page has given it */
export function readPlace(cursor: string | undefined): [lastSeen: string | null, id: string | null] {
  if (cursor === undefined) return [null, null];
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new UnknownCursorError();
  }
}
