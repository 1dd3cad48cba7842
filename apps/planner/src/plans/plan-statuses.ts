import { planChanged, type PlanStatus } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

const SPEND = `
  UPDATE plans SET spent_usd = spent_usd + $2, spent_tokens = spent_tokens + $3 WHERE id = $1
  RETURNING (brief -> 'budget' ->> 'usd')::float8 < spent_usd OR (brief -> 'budget' ->> 'tokens')::float8 < spent_tokens
    AS over, spent_usd, spent_tokens`;
const CHANGE = `
  UPDATE plans SET status = $2, status_reason = $3,
    finished_at = CASE WHEN $2 IN ('complete', 'failed') THEN now() END
  WHERE id = $1 AND status = ANY($4::text[]) RETURNING id`;
const COMPLETE = `
  UPDATE plans SET status = 'complete', status_reason = NULL, finished_at = now()
  WHERE id = $1 AND status IN ('running', 'paused')
    AND NOT EXISTS (SELECT 1 FROM items WHERE items.plan_id = plans.id AND items.status <> 'complete')
  RETURNING id`;

/** The status of a plan, and the reasons for which it changes by itself. */
@Injectable()
export class PlanStatuses {
  constructor(private readonly outbox: Outbox) {}

  /** Adds to what a plan has spent. Past its budget it is paused: nothing new is handed out, nothing is lost. */
  async spend(uow: UnitOfWork, planId: string, more: { usd: number; tokens: number }): Promise<void> {
    if (more.usd === 0 && more.tokens === 0) return;
    const [row] = await uow.query<{ over: boolean | null; spent_usd: number; spent_tokens: string }>(SPEND, [
      planId,
      more.usd,
      more.tokens,
    ]);
    if (row?.over !== true) return;
    const spent = `$${row.spent_usd.toFixed(2)} and ${row.spent_tokens} tokens`;
    await this.change(uow, planId, 'paused', `BUDGET_EXCEEDED: ${spent} are spent`, ['running']);
  }

  async fail(uow: UnitOfWork, planId: string, reason: string): Promise<void> {
    await this.change(uow, planId, 'failed', reason, ['running', 'paused']);
  }

  async completeIfDone(uow: UnitOfWork, planId: string): Promise<void> {
    const rows = await uow.query(COMPLETE, [planId]);
    if (rows.length > 0) await this.tell(uow, planId, 'complete', null);
  }

  async tell(uow: UnitOfWork, planId: string, status: PlanStatus, reason: string | null): Promise<void> {
    const eventId = randomUUID();
    const occurredAt = new Date().toISOString();
    await this.outbox.add(uow, [outgoing(planChanged, { eventId, planId, status, reason, occurredAt }, eventId)]);
  }

  private async change(
    uow: UnitOfWork,
    planId: string,
    status: PlanStatus,
    reason: string,
    from: PlanStatus[],
  ): Promise<void> {
    const rows = await uow.query(CHANGE, [planId, status, reason, from]);
    if (rows.length > 0) await this.tell(uow, planId, status, reason);
  }
}
