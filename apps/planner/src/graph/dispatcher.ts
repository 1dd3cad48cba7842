import {
  AUTHOR_AGENT,
  authorConversation,
  PHASE_OWNER,
  startRunCommand,
  type Phase,
  type RunTarget,
  type SettledBrief,
  type StartRun,
} from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { planIds } from './plan-ids';

interface ReadyRow {
  id: string;
  branch: string;
  phase: Phase;
  target: RunTarget;
  run_id: string;
  revision: number;
}

interface PlanRow {
  brief: SettledBrief;
  correlation_id: string;
  status: string;
}

/** Only a running plan hands out work; in any other, what is ready stays where it is. */
const PLAN = `SELECT brief, correlation_id, status FROM plans WHERE id = $1`;
const TAKE_READY = `
  UPDATE items SET status = 'queued', changed_at = now()
  WHERE plan_id = $1 AND branch = $2 AND status IN ('pending', 'ready') AND pending = 0
  RETURNING id, branch, phase, target, run_id, revision`;
const TAKE_READY_AMONG = `
  UPDATE items SET status = 'queued', changed_at = now()
  WHERE id = ANY($1::text[]) AND status IN ('pending', 'ready') AND pending = 0
  RETURNING id, branch, phase, target, run_id, revision`;

/** Hands out items that wait for nothing: as runs of this service, or as commands to the others. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly runs: RunStarts,
    private readonly outbox: Outbox,
  ) {}

  /** Hands out everything of a branch that is ready. */
  async dispatchReady(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    await this.dispatch(uow, planId, () => uow.query<ReadyRow>(TAKE_READY, [planId, branch]));
  }

  /** Hands out those of `itemIds` that are ready. */
  async dispatchAmong(uow: UnitOfWork, planId: string, itemIds: string[]): Promise<void> {
    if (itemIds.length === 0) return;
    await this.dispatch(uow, planId, () => uow.query<ReadyRow>(TAKE_READY_AMONG, [itemIds]));
  }

  private async dispatch(uow: UnitOfWork, planId: string, take: () => Promise<ReadyRow[]>): Promise<void> {
    const [plan] = await uow.query<PlanRow>(PLAN, [planId]);
    if (plan?.status !== 'running') return;
    const rows = await take();
    const starts = rows.map((row) => startOf(planId, plan, row));
    const own = starts.filter((start) => PHASE_OWNER[start.phase] === 'planner');
    const others = starts.filter((start) => PHASE_OWNER[start.phase] !== 'planner');
    await this.runs.start(uow, own);
    await this.outbox.add(
      uow,
      others.map((start) => outgoing(startRunCommand(start.phase), start)),
    );
  }
}

function startOf(planId: string, plan: PlanRow, row: ReadyRow): StartRun {
  const binding = plan.brief.bindings[row.phase];
  return {
    runId: row.run_id,
    revision: row.revision,
    planId,
    branch: row.branch,
    phase: row.phase,
    target: row.target,
    metadata: {
      planId,
      branch: row.branch,
      backlogItemId: row.id,
      taskId: planIds.task(row.run_id, row.revision),
      conversationId: authorConversation(planId, row.branch),
      conversationPlanId: planId,
      agentId: AUTHOR_AGENT,
      providerId: binding.provider,
      modelId: binding.model,
      correlationId: plan.correlation_id,
    },
  };
}
