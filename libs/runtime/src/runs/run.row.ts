import type { Phase, RunTarget, SpendLimit, TaskMetadata, Usage } from '@fiction/contracts';
import type { ClaimedRun } from './run.types';

/** A row of `runs`, as far as it is read. */
export interface RunRow {
  id: string;
  plan_id: string;
  branch: string;
  phase: Phase;
  target: RunTarget;
  metadata: TaskMetadata;
  revision: number;
  resumption: number;
  attempt: number;
  status: string;
  percent: number;
  failures: number;
  pauses: number;
  losses: number;
  waits: string | null;
  calls: number;
  input_tokens: string;
  output_tokens: string;
  cost_usd: number;
  spend_limit: SpendLimit | null;
}

/** Names one attempt of one run. */
export function attemptKey(runId: string, attempt: number): string {
  return `${runId}#${attempt}`;
}

export const RUN_COLUMNS = `runs.id, runs.plan_id, runs.branch, runs.phase, runs.target, runs.metadata, runs.revision,
  runs.resumption, runs.attempt, runs.status, runs.percent, runs.failures, runs.pauses, runs.losses, runs.details ->> 'waits' AS waits, runs.calls, runs.input_tokens,
  runs.output_tokens, runs.cost_usd, runs.spend_limit`;

export function usageOf(row: RunRow): Usage {
  return {
    calls: row.calls,
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    costUsd: row.cost_usd,
  };
}

export function toClaimedRun(row: RunRow): ClaimedRun {
  return {
    runId: row.id,
    planId: row.plan_id,
    branch: row.branch,
    phase: row.phase,
    target: row.target,
    metadata: row.metadata,
    revision: row.revision,
    resumption: row.resumption,
    attempt: row.attempt,
    failures: row.failures,
    pauses: row.pauses,
    percent: row.percent,
    waits: row.waits === 'true',
    usage: usageOf(row),
    ...(row.spend_limit !== null && { spendLimit: row.spend_limit }),
  };
}
