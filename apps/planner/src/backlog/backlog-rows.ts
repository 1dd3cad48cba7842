import type { BacklogItem, ItemStatus } from '@fiction/contracts';
import { metadataOf, START_COLUMNS, type StartPlan, type StartRow } from '../graph/start-of';

/** A row of `items` as the backlog shows it. */
export interface ItemRow extends StartRow {
  plan_id: string;
  status: ItemStatus;
  reason_code: string | null;
  status_reason: string | null;
  /** Items; without the release it may wait for. */
  pending: number;
  awaits_release: boolean;
  attempts: number;
  resume_requested_at: Date | null;
  resume_timed_out: boolean;
  created_at: Date;
  changed_at: Date;
  /** To the microsecond, as a cursor must be. */
  changed_text: string;
  place: string;
}

export const ITEM_COLUMNS = `${START_COLUMNS}, items.plan_id, items.status, items.reason_code, items.status_reason,
  items.pending - items.awaits_release::int AS pending, items.awaits_release, items.attempts, items.resume_requested_at, items.resume_timed_out,
  items.created_at, items.changed_at,
  to_char(items.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') AS changed_text, items.place`;

/** Another item that one waits for; `domain` and `name` only where it establishes lore. */
export interface DependencyRow {
  item_id: string;
  depends_on: string;
  phase: BacklogItem['phase'];
  status: ItemStatus;
  requirement_id: string | null;
  domain: string | null;
  name: string | null;
}

export function toBacklogItem(plan: StartPlan, row: ItemRow, dependencies: DependencyRow[]): BacklogItem {
  const lore = dependencies.filter((one) => one.requirement_id !== null);
  return {
    itemId: row.id,
    planId: row.plan_id,
    branch: row.branch,
    phase: row.phase,
    target: row.target,
    runId: row.run_id,
    status: row.status,
    reasonCode: row.reason_code,
    reason: row.status_reason,
    changedAt: row.changed_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    pending: row.pending,
    awaitsRelease: row.awaits_release,
    dependencies: dependencies.map(({ depends_on: itemId, phase, status }) => ({ itemId, phase, status })),
    lore: lore.map((one) => ({
      requirementId: one.requirement_id!,
      domain: one.domain ?? '',
      name: one.name ?? '',
      itemId: one.depends_on,
      status: one.status,
    })),
    revision: row.revision,
    resumption: row.resumption,
    attempts: row.attempts,
    resumeRequestedAt: row.resume_requested_at?.toISOString() ?? null,
    resumeTimedOut: row.resume_timed_out,
    metadata: metadataOf(row.plan_id, plan, row),
    costUsd: row.cost_usd,
    tokens: Number(row.tokens),
  };
}
