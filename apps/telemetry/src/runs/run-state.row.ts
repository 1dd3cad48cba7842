import type { Phase, ProgressStatus } from '@fiction/contracts';
import type { RunState } from './run-state';

/** A row of `run_states` as `row_to_json` gives it. */
export interface RunStateRow {
  run_id: string;
  plan_id: string;
  branch: string;
  phase: Phase;
  revision: number;
  attempt: number;
  status: ProgressStatus;
  percent: number;
  changed_at: string;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
  words: number;
  words_attempt: number;
  started_at: string | null;
  steps_revision: number;
  steps_recorded: number;
  steps_known: number;
}

export function toRunState(row: RunStateRow): RunState {
  return {
    runId: row.run_id,
    planId: row.plan_id,
    branch: row.branch,
    phase: row.phase,
    revision: row.revision,
    attempt: row.attempt,
    status: row.status,
    percent: row.percent,
    changedAtMs: Date.parse(row.changed_at),
    calls: row.calls,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costUsd: row.cost_usd,
    words: row.words,
    wordsAttempt: row.words_attempt,
    startedAtMs: row.started_at === null ? undefined : Date.parse(row.started_at),
    stepsRevision: row.steps_revision,
    stepsRecorded: row.steps_recorded,
    stepsKnown: row.steps_known,
  };
}
