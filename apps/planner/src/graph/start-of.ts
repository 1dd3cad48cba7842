import {
  AUTHOR_AGENT,
  authorConversation,
  type Binding,
  type Phase,
  type RunTarget,
  type SettledBrief,
  type StartRun,
  type TaskMetadata,
} from '@fiction/contracts';
import { planIds } from './plan-ids';

/** A row of `items`, as far as handing it out needs it. */
export interface StartRow {
  id: string;
  branch: string;
  phase: Phase;
  target: RunTarget;
  run_id: string;
  revision: number;
  resumption: number;
  binding: Binding | null;
  /** What has been counted of it, towards the budget of the plan. */
  cost_usd: number;
  tokens: string;
}

/** What of a plan goes with everything that is handed out for it. */
export interface StartPlan {
  brief: SettledBrief;
  correlation_id: string;
}

export const START_COLUMNS = `items.id, items.branch, items.phase, items.target, items.run_id, items.revision,
  items.resumption, items.binding, items.cost_usd, items.tokens`;

/** The task an item stands for now. */
export function metadataOf(planId: string, plan: StartPlan, row: StartRow): TaskMetadata {
  const binding = row.binding ?? plan.brief.bindings[row.phase];
  return {
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
  };
}

/** The start of an item's run. */
export function startOf(planId: string, plan: StartPlan, row: StartRow): StartRun {
  const { run_id: runId, revision, resumption, branch, phase, target } = row;
  return { runId, revision, resumption, planId, branch, phase, target, metadata: metadataOf(planId, plan, row) };
}
