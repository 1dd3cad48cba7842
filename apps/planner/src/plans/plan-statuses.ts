import { planChanged, type PlanStatus, type SettledBrief } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

const CHANGE = `
  UPDATE plans SET status = $2, status_reason = $3,
    finished_at = CASE WHEN $2 IN ('complete', 'failed') THEN now() END
  WHERE id = $1 AND status = ANY($4::text[]) RETURNING id`;
const COMPLETE = `
  UPDATE plans SET status = 'complete', status_reason = NULL, finished_at = now()
  WHERE id = $1 AND status IN ('running', 'paused') AND open_items = 0 RETURNING id`;

/** What a plan has spent, against what it may. */
export interface Spending {
  spent_usd: number;
  spent_tokens: string;
  budget: SettledBrief['budget'];
}

/** The status of a plan, and the reasons for which it changes by itself. */
@Injectable()
export class PlanStatuses {
  constructor(private readonly outbox: Outbox) {}

  /** Past its budget a plan is paused: nothing new is handed out, nothing is lost. */
  async keepToBudget(uow: UnitOfWork, planId: string, { spent_usd, spent_tokens, budget }: Spending): Promise<void> {
    const over =
      (budget.usd !== null && spent_usd > budget.usd) ||
      (budget.tokens !== null && Number(spent_tokens) > budget.tokens);
    if (!over) return;
    const spent = `$${spent_usd.toFixed(2)} and ${spent_tokens} tokens`;
    await this.change(uow, planId, 'paused', `BUDGET_EXCEEDED: ${spent} are spent`, ['running']);
  }

  async fail(uow: UnitOfWork, planId: string, reason: string): Promise<void> {
    await this.change(uow, planId, 'failed', reason, ['running', 'paused']);
  }

  async complete(uow: UnitOfWork, planId: string): Promise<void> {
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
