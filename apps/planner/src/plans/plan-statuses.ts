import { branchChanged, planChanged, type Branch, type PlanStatus } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Dispatcher } from '../graph/dispatcher';
import { HeldBranches } from './held-branches';
import { overspentOf, type Spending } from './budget';

const CHANGE = `
  UPDATE plans SET status = $2, status_reason = $3,
    finished_at = CASE WHEN $2 IN ('complete', 'failed') THEN now() END
  WHERE id = $1 AND status = ANY($4::text[]) AND ($5::text IS NULL OR primary_branch = $5) RETURNING primary_branch`;
/** A branch that is not the primary one has a status of its own. */
const CHANGE_BRANCH = `
  UPDATE branches SET status = $3, status_reason = $4 FROM plans
  WHERE plans.id = branches.plan_id AND branches.plan_id = $1 AND branches.name = $2
    AND plans.primary_branch <> branches.name AND branches.status = ANY($5::text[])
  RETURNING plans.primary_branch`;
const IS_COMPLETE = `
  SELECT EXISTS (SELECT 1 FROM branches WHERE plan_id = $1 AND name <> $2 AND open_items > 0 AND status <> 'archived')
    AS others_open
  FROM branches WHERE plan_id = $1 AND name = $2 AND open_items = 0`;
const OTHERS_RUN = `
  SELECT status, EXISTS (SELECT 1 FROM branches WHERE plan_id = $1 AND name <> plans.primary_branch
    AND status = 'running' AND open_items > 0) AS others_run
  FROM plans WHERE id = $1`;
const HAS_FAILED = `SELECT id FROM items WHERE plan_id = $1 AND branch = $2 AND status = 'failed' LIMIT 1`;

/** The status of a plan and of its branches, and the reasons for which it changes by itself. */
@Injectable()
export class PlanStatuses {
  constructor(
    private readonly outbox: Outbox,
    private readonly dispatcher: Dispatcher,
    private readonly held: HeldBranches,
  ) {}

  /**
   * Past its budget a plan is paused: nothing new is handed out, nothing is lost. So is one that is complete or has failed, for
   * the sake of another branch that is being made. Answers whether anything of it may be under way.
   */
  async pauseForBudget(uow: UnitOfWork, planId: string, spending: Spending): Promise<boolean> {
    const [plan] = await uow.query<{ status: PlanStatus; others_run: boolean }>(OTHERS_RUN, [planId]);
    if (plan === undefined || plan.status === 'paused') return false;
    if (plan.status === 'running' || plan.others_run) {
      await this.change(uow, planId, 'paused', `BUDGET_EXCEEDED: ${overspentOf(spending)}`, [plan.status]);
    }
    return true;
  }

  async pause(uow: UnitOfWork, planId: string, reason: string): Promise<void> {
    await this.change(uow, planId, 'paused', reason, ['running', 'failed', 'complete']);
  }

  /** Once nothing of it is failed any more. A plan whose primary branch has nothing left to do is complete again. */
  async goOn(uow: UnitOfWork, planId: string, primary: string): Promise<void> {
    await this.change(uow, planId, 'running', null, ['paused', 'failed']);
    await this.complete(uow, planId, primary);
  }

  async pauseBranch(uow: UnitOfWork, planId: string, branch: string, reason: string): Promise<void> {
    await this.change(uow, planId, 'paused', reason, ['running', 'failed'], branch);
    await this.changeBranch(uow, planId, branch, 'paused', reason, ['running', 'failed']);
  }

  /** Once nothing of it is failed any more. */
  async goOnWithBranch(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    await this.changeBranch(uow, planId, branch, 'running', null, ['paused', 'failed']);
  }

  /** A branch that failed and of which nothing is failed any more goes on with everything that is ready. */
  async goOnWithoutFailures(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    if ((await uow.query(HAS_FAILED, [planId, branch])).length > 0) return;
    await this.change(uow, planId, 'running', null, ['failed'], branch);
    await this.changeBranch(uow, planId, branch, 'running', null, ['failed']);
    await this.dispatcher.dispatchReady(uow, planId, branch);
  }

  /** A branch that was complete, and in which there is something to do again. */
  async reopen(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    await this.change(uow, planId, 'running', null, ['complete'], branch);
    await this.changeBranch(uow, planId, branch, 'running', null, ['complete']);
  }

  /** What is paused stays so: what failed in it is tried again when it goes on. */
  async fail(uow: UnitOfWork, planId: string, branch: string, reason: string): Promise<void> {
    await this.change(uow, planId, 'failed', reason, ['running'], branch);
    await this.changeBranch(uow, planId, branch, 'failed', reason, ['running']);
  }

  /** Only when none of its items is open any more. A paused plan stays so for the sake of its other branches. */
  async complete(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    const [complete] = await uow.query<{ others_open: boolean }>(IS_COMPLETE, [planId, branch]);
    if (complete === undefined) return;
    const from: PlanStatus[] = complete.others_open ? ['running'] : ['running', 'paused'];
    await this.change(uow, planId, 'complete', null, from, branch);
    const primary = await this.changeBranch(uow, planId, branch, 'complete', null, ['running', 'paused']);
    // It may have been all for whose sake the plan was paused.
    if (primary !== undefined) await this.complete(uow, planId, primary);
  }

  /** How a plan stands, which is how its primary branch does. */
  async tell(
    uow: UnitOfWork,
    planId: string,
    primary: string,
    status: PlanStatus,
    reason: string | null,
  ): Promise<void> {
    const change = { ...(await moment(uow)), planId, branch: primary, status, reason };
    await this.outbox.add(uow, [outgoing(planChanged, change, change.eventId)]);
  }

  /** How a branch stands that is not the primary one. */
  async tellOfBranch(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    status: Branch['status'],
    reason: string | null,
  ): Promise<void> {
    const change = { ...(await moment(uow)), planId, branch, status, reason, primary: false as const };
    await this.outbox.add(uow, [outgoing(branchChanged, change, change.eventId)]);
  }

  /** @param primary only if this is the primary branch */
  private async change(
    uow: UnitOfWork,
    planId: string,
    status: PlanStatus,
    reason: string | null,
    from: PlanStatus[],
    primary: string | null = null,
  ): Promise<boolean> {
    const [plan] = await uow.query<{ primary_branch: string }>(CHANGE, [planId, status, reason, from, primary]);
    if (plan === undefined) return false;
    await this.tell(uow, planId, plan.primary_branch, status, reason);
    await this.held.tell(uow, planId);
    return true;
  }

  /** Answers the primary branch if it has changed this one; nothing, if this is the primary one. */
  private async changeBranch(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    status: PlanStatus,
    reason: string | null,
    from: PlanStatus[],
  ): Promise<string | undefined> {
    const [changed] = await uow.query<{ primary_branch: string }>(CHANGE_BRANCH, [
      planId,
      branch,
      status,
      reason,
      from,
    ]);
    if (changed === undefined) return undefined;
    await this.tellOfBranch(uow, planId, branch, status, reason);
    await this.held.tell(uow, planId);
    return changed.primary_branch;
  }
}

/**
 * The news of a plan is ordered by when it came about: by PostgreSQL's clock, since those of two replicas may differ. Whoever
 * tells it has the plan's row.
 */
async function moment(uow: UnitOfWork): Promise<{ eventId: string; occurredAt: string }> {
  const [row] = await uow.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return { eventId: randomUUID(), occurredAt: row!.now.toISOString() };
}
