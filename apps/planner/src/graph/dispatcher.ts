import { PHASE_OWNER, startRunCommand } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { START_COLUMNS, startOf, type StartPlan, type StartRow } from './start-of';

interface PlanRow extends StartPlan {
  status: string;
}

/**
 * Only a running branch of a plan that is not paused hands out work; in any other, what is ready stays where it is. The
 * rows are held, so that whoever pauses them meanwhile finds everything that was handed out.
 */
const PLAN = `
  SELECT b.brief, p.correlation_id,
    CASE WHEN p.primary_branch = b.name OR p.status IN ('paused', 'archived') THEN p.status ELSE b.status END AS status
  FROM plans p JOIN branches b ON b.plan_id = p.id WHERE p.id = $1 AND b.name = $2 FOR SHARE`;
const TAKE_READY = `
  UPDATE items SET status = 'queued', changed_at = $3
  WHERE plan_id = $1 AND branch = $2 AND status IN ('pending', 'ready') AND pending = 0
  RETURNING ${START_COLUMNS}`;
const TAKE_READY_AMONG = `
  UPDATE items SET status = 'queued', changed_at = $2
  WHERE id = ANY($1::text[]) AND status IN ('pending', 'ready') AND pending = 0
  RETURNING ${START_COLUMNS}`;
/** Items of a plan that is not going on show that only the plan keeps them. */
const MARK_READY = `
  UPDATE items SET status = 'ready', changed_at = $2
  WHERE id = ANY($1::text[]) AND status = 'pending' AND pending = 0`;

/** Hands out items that wait for nothing: as runs of this service, or as commands to the others. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly runs: RunStarts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Hands out everything of a branch that is ready. */
  async dispatchReady(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    const plan = await this.plan(uow, planId, branch);
    if (plan?.status !== 'running') return;
    await this.handOut(uow, planId, plan, await uow.query<StartRow>(TAKE_READY, [planId, branch, this.clock.now()]));
  }

  /** Hands out those of `itemIds` that are ready. */
  async dispatchAmong(uow: UnitOfWork, planId: string, branch: string, itemIds: string[]): Promise<void> {
    if (itemIds.length === 0) return;
    const plan = await this.plan(uow, planId, branch);
    if (plan?.status === 'running') {
      await this.handOut(uow, planId, plan, await uow.query<StartRow>(TAKE_READY_AMONG, [itemIds, this.clock.now()]));
    } else {
      await uow.query(MARK_READY, [itemIds, this.clock.now()]);
    }
  }

  /** Hands out what has been queued already, whatever the status of its plan. */
  async handOut(uow: UnitOfWork, planId: string, plan: StartPlan, rows: StartRow[]): Promise<void> {
    const starts = rows.map((row) => startOf(planId, plan, row));
    await this.runs.start(
      uow,
      starts.filter((start) => PHASE_OWNER[start.phase] === 'planner'),
    );
    await this.outbox.add(
      uow,
      starts
        .filter((start) => PHASE_OWNER[start.phase] !== 'planner')
        .map((start) => outgoing(startRunCommand(start.phase), start)),
    );
  }

  private async plan(uow: UnitOfWork, planId: string, branch: string): Promise<PlanRow | undefined> {
    const [plan] = await uow.query<PlanRow>(PLAN, [planId, branch]);
    return plan;
  }
}
