import type { PlanEvent } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

/** Plans whose money and words are shown live: those at work, the latest first, so many at most. */
const ACTIVE_PLANS = 50;

/** A conflicting row is "updated" to what it is, which locks it and makes its present state visible. */
const LOCK = `
  INSERT INTO plans (plan_id) SELECT unnest($1::text[])
  ON CONFLICT (plan_id) DO UPDATE SET last_seq = plans.last_seq`;

const APPLY = `
  WITH incoming AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
      AS given (event_id, plan_id, status, reason, occurred_at)
  ), stored AS (
    INSERT INTO plan_events (event_id, plan_id, status, reason, occurred_at)
    SELECT event_id, plan_id, status, reason, occurred_at FROM incoming
    ON CONFLICT DO NOTHING
  )
  UPDATE plans SET status = newest.status, reason = newest.reason, status_at = newest.occurred_at
  FROM (
    SELECT DISTINCT ON (plan_id) plan_id, status, reason, occurred_at FROM incoming
    ORDER BY plan_id, occurred_at DESC
  ) AS newest
  WHERE plans.plan_id = newest.plan_id AND (plans.status_at IS NULL OR plans.status_at <= newest.occurred_at)`;

const ACTIVE = `
  SELECT plan_id, coalesce(sum(cost_usd), 0)::float8 AS cost_usd, coalesce(sum(words), 0)::float8 AS words
  FROM (
    SELECT plan_id FROM plans WHERE status IN ('running', 'paused') ORDER BY status_at DESC LIMIT ${ACTIVE_PLANS}
  ) AS active
  LEFT JOIN phase_totals USING (plan_id)
  GROUP BY plan_id`;

/** What a plan that is being worked on has come to. */
export interface ActivePlan {
  plan_id: string;
  cost_usd: number;
  words: number;
}

/** The plans that telemetry has heard of; the row of a plan is the lock of its history. */
@Injectable()
export class PlanStore {
  constructor(private readonly database: Database) {}

  /** Locks the plans until the end of the transaction, always in the same order, so that replicas never deadlock. */
  async lock(uow: UnitOfWork, planIds: string[]): Promise<void> {
    await uow.query(LOCK, [[...new Set(planIds)].sort()]);
  }

  /** Keeps the events (of locked plans), and the status that was reached last. */
  async apply(uow: UnitOfWork, events: PlanEvent[]): Promise<void> {
    await uow.query(APPLY, [
      events.map((event) => event.eventId),
      events.map((event) => event.planId),
      events.map((event) => event.status),
      events.map((event) => event.reason),
      events.map((event) => event.occurredAt),
    ]);
  }

  async active(): Promise<ActivePlan[]> {
    return this.database.query<ActivePlan>(ACTIVE);
  }
}
