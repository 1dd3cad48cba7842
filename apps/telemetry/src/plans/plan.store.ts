import type { BranchEvent, FictionPlanChanged, PlanEvent } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

/** Plans whose money and words are shown live: those at work, the latest first, so many at most. */
const ACTIVE_PLANS = 50;

/** A conflicting row is "updated" to what it is, which locks it and makes its present state visible. */
const LOCK = `
  INSERT INTO plans (plan_id) SELECT unnest($1::text[])
  ON CONFLICT (plan_id) DO UPDATE SET last_seq = plans.last_seq`;

/** Of what happened at one moment, what arrived last counts. `after_seq`: what the same batch brought is stored by now. */
const APPLY = `
  WITH incoming AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::timestamptz[])
      WITH ORDINALITY AS given (event_id, plan_id, branch, is_primary, status, reason, occurred_at, place)
  ), stored AS (
    INSERT INTO plan_events (event_id, plan_id, branch, is_primary, status, reason, occurred_at)
    SELECT event_id, plan_id, branch, is_primary, status, reason, occurred_at FROM incoming
    ON CONFLICT DO NOTHING
  ), changed AS (
    UPDATE plans SET status = newest.status, reason = newest.reason, status_at = newest.occurred_at
    FROM (
      SELECT DISTINCT ON (plan_id) plan_id, status, reason, occurred_at FROM incoming WHERE is_primary
      ORDER BY plan_id, occurred_at DESC, place DESC
    ) AS newest
    WHERE plans.plan_id = newest.plan_id AND (plans.status_at IS NULL OR plans.status_at <= newest.occurred_at)
  )
  INSERT INTO plan_statuses AS known (plan_id, branch, is_primary, status, reason, occurred_at, after_seq)
  SELECT DISTINCT ON (plan_id, branch) plan_id, branch, is_primary, status, reason, occurred_at,
    (SELECT last_seq FROM plans WHERE plans.plan_id = incoming.plan_id)
  FROM incoming ORDER BY plan_id, branch, occurred_at DESC, place DESC
  ON CONFLICT (plan_id, branch) DO UPDATE SET is_primary = excluded.is_primary, status = excluded.status,
    reason = excluded.reason, occurred_at = excluded.occurred_at, after_seq = excluded.after_seq
  WHERE known.occurred_at <= excluded.occurred_at
  RETURNING plan_id, branch, is_primary, status, reason, occurred_at, after_seq::float8`;

/** A plan has few branches; what there may be beyond these is older. */
const MOST_BRANCHES = 100;
const STATUSES = `
  SELECT plan_id, branch, is_primary, status, reason, occurred_at, after_seq::float8
  FROM plan_statuses WHERE plan_id = $1 ORDER BY occurred_at DESC, branch LIMIT ${MOST_BRANCHES}`;

const ACTIVE = `
  SELECT plan_id, coalesce(sum(cost_usd), 0)::float8 AS cost_usd, coalesce(sum(words), 0)::float8 AS words
  FROM (
    SELECT plan_id FROM plans WHERE status IN ('running', 'paused') ORDER BY status_at DESC LIMIT ${ACTIVE_PLANS}
  ) AS active
  LEFT JOIN phase_totals USING (plan_id)
  GROUP BY plan_id`;

const BY_STATUS = 'SELECT status, count(*)::int AS plans FROM plans WHERE status IS NOT NULL GROUP BY status';

/** What a plan that is being worked on has come to. */
export interface ActivePlan {
  plan_id: string;
  cost_usd: number;
  words: number;
}

interface StatusRow {
  plan_id: string;
  branch: string;
  is_primary: boolean;
  status: string;
  reason: string | null;
  occurred_at: Date;
  after_seq: number;
}

/** The plans that telemetry has heard of; the row of a plan is the lock of its history. */
@Injectable()
export class PlanStore {
  constructor(private readonly database: Database) {}

  /** Locks the plans until the end of the transaction, always in the same order, so that replicas never deadlock. */
  async lock(uow: UnitOfWork, planIds: string[]): Promise<void> {
    await uow.query(LOCK, [[...new Set(planIds)].sort()]);
  }

  /**
   * Keeps the events (of locked plans, whose run events are stored), and the status that each branch has come to; answers
   * those that are news.
   */
  async apply(uow: UnitOfWork, events: (PlanEvent | BranchEvent)[]): Promise<FictionPlanChanged[]> {
    const rows = await uow.query<StatusRow>(APPLY, [
      events.map((event) => event.eventId),
      events.map((event) => event.planId),
      events.map((event) => event.branch),
      events.map((event) => !('primary' in event)),
      events.map((event) => event.status),
      events.map((event) => event.reason),
      events.map((event) => event.occurredAt),
    ]);
    return rows.map(toChange);
  }

  /** How the branches of a plan stand, the latest change first. */
  async statuses(planId: string): Promise<FictionPlanChanged[]> {
    return (await this.database.query<StatusRow>(STATUSES, [planId])).map(toChange);
  }

  async active(): Promise<ActivePlan[]> {
    return this.database.query<ActivePlan>(ACTIVE);
  }

  async byStatus(): Promise<{ status: string; plans: number }[]> {
    return this.database.query(BY_STATUS);
  }
}

function toChange(row: StatusRow): FictionPlanChanged {
  return {
    planId: row.plan_id,
    branch: row.branch,
    primary: row.is_primary,
    status: row.status,
    reason: row.reason,
    occurredAt: row.occurred_at.toISOString(),
    afterSeq: row.after_seq,
  };
}
