import { PHASE_OWNER, START_RUNS, startRunsCommand, type StartRun, type ServiceName } from '@fiction/contracts';
import { outgoing, Outbox, type OutgoingMessage } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { LoreBlocks } from '../lore/lore-blocks';
import { LORE_NOT_READY, WAITS_FOR_LORE } from '../lore/lore-reasons';
import { limitOf, SPENDING, type Spending } from '../plans/budget';
import { START_COLUMNS, startOf, type StartPlan, type StartRow } from './start-of';

interface PlanRow extends StartPlan, Spending {
  status: string;
}

/**
 * Only a running branch of a plan that is not paused hands out work; in any other, what is ready stays where it is. The
 * rows are held, so that whoever pauses them meanwhile finds everything that was handed out.
 */
const PLAN = `
  SELECT b.brief, p.correlation_id, ${SPENDING},
    CASE WHEN p.primary_branch = b.name OR p.status IN ('paused', 'archived') THEN p.status ELSE b.status END AS status
  FROM plans p JOIN branches b ON b.plan_id = p.id WHERE p.id = $1 AND b.name = $2 FOR SHARE`;
/** Waits for nothing, or for nothing but lore: both counts say so, and the index `items_to_move` holds just these. */
const TO_MOVE = `pending = pending_lore AND status IN ('pending', 'ready', 'blocked')
  AND (status = 'pending' OR pending = 0 AND (status = 'ready' OR reason_code = '${LORE_NOT_READY}'))`;
/** A run that had begun, and was blocked for want of lore, goes on as a resumption. */
const RESUMED = `resumption = resumption + CASE WHEN status = 'blocked' AND attempts > 0 THEN 1 ELSE 0 END`;
const MOVE = `
  UPDATE items SET status = CASE WHEN pending = 0 THEN 'queued' ELSE 'blocked' END,
    reason_code = CASE WHEN pending > 0 THEN '${LORE_NOT_READY}' END,
    status_reason = CASE WHEN pending > 0 THEN '${WAITS_FOR_LORE}' END, ${RESUMED}`;
const RETURN = `RETURNING ${START_COLUMNS}, items.status, items.attempts`;
const MOVE_READY = `${MOVE}, changed_at = $3 WHERE plan_id = $1 AND branch = $2 AND ${TO_MOVE} ${RETURN}`;
const MOVE_AMONG = `${MOVE}, changed_at = $2 WHERE id = ANY($1::text[]) AND ${TO_MOVE} ${RETURN}`;
/** Items of a plan that is not going on show that only the plan keeps them. */
const MARK_READY = `
  UPDATE items SET status = 'ready', reason_code = NULL, status_reason = NULL, ${RESUMED}, changed_at = $2
  WHERE id = ANY($1::text[]) AND status IN ('pending', 'blocked') AND pending = 0 AND ${TO_MOVE}`;

type MovedRow = StartRow & { status: 'queued' | 'blocked'; attempts: number };

/**
 * Hands out items that wait for nothing: as runs of this service, or as commands to the others. What waits for nothing but
 * lore is blocked instead, and told of.
 */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly runs: RunStarts,
    private readonly outbox: Outbox,
    private readonly blocks: LoreBlocks,
    private readonly clock: Clock,
  ) {}

  /** Hands out everything of a branch that is ready. */
  async dispatchReady(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    const plan = await this.plan(uow, planId, branch);
    if (plan?.status !== 'running') return;
    await this.move(uow, planId, plan, await uow.query<MovedRow>(MOVE_READY, [planId, branch, this.clock.now()]));
  }

  /** Hands out those of `itemIds` that are ready, and blocks those that wait for nothing but lore. */
  async dispatchAmong(uow: UnitOfWork, planId: string, branch: string, itemIds: string[]): Promise<void> {
    if (itemIds.length === 0) return;
    const plan = await this.plan(uow, planId, branch);
    if (plan?.status === 'running') {
      await this.move(uow, planId, plan, await uow.query<MovedRow>(MOVE_AMONG, [itemIds, this.clock.now()]));
    } else {
      await uow.query(MARK_READY, [itemIds, this.clock.now()]);
    }
  }

  /** Hands out what has been queued already, whatever the status of its plan. */
  async handOut(uow: UnitOfWork, planId: string, plan: StartPlan & Spending, rows: StartRow[]): Promise<void> {
    const starts = rows.map((row) => ({ ...startOf(planId, plan, row), spendLimit: limitOf(plan, row) }));
    await this.runs.start(
      uow,
      starts.filter((start) => PHASE_OWNER[start.phase] === 'planner'),
    );
    await this.outbox.add(uow, commandsOf(starts.filter((start) => PHASE_OWNER[start.phase] !== 'planner')));
  }

  private async move(uow: UnitOfWork, planId: string, plan: StartPlan & Spending, rows: MovedRow[]): Promise<void> {
    const queued = rows.filter((row) => row.status === 'queued');
    if (queued.length > 0) await this.handOut(uow, planId, plan, queued);
    await this.blocks.tell(
      uow,
      planId,
      plan,
      rows.filter((row) => row.status === 'blocked'),
    );
  }

  /** What is handed out for a branch, and whether it is going on. */
  async plan(uow: UnitOfWork, planId: string, branch: string): Promise<PlanRow | undefined> {
    const [plan] = await uow.query<PlanRow>(PLAN, [planId, branch]);
    return plan;
  }
}

/** Starts as the messages they travel in: those of one service together. */
function commandsOf(starts: StartRun[]): OutgoingMessage[] {
  const services = new Map<ServiceName, StartRun[]>();
  for (const start of starts) {
    const service = PHASE_OWNER[start.phase];
    services.set(service, [...(services.get(service) ?? []), start]);
  }
  return [...services.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / START_RUNS) }, (_, part) => {
      const together = all.slice(part * START_RUNS, (part + 1) * START_RUNS);
      return outgoing(startRunsCommand(together[0]!.phase), { starts: together });
    }),
  );
}
