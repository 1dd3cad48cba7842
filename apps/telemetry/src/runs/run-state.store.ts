import { PHASES, roundUsd, type Phase, type PhaseReport } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { StoredEvent } from '../history/event.store';
import { totalsOf, type RunChange } from './phase-totals';
import { finishedAtMs, mergeStates, stateOf } from './run-state';

/** Writes states as they are given: who writes has the plan's lock and has merged them with what was there. */
const WRITE = `
  WITH states AS (
    INSERT INTO run_states (run_id, plan_id, branch, phase, revision, attempt, status, percent, changed_at, calls,
      input_tokens, output_tokens, cost_usd, words, words_attempt, started_at, finished_at,
      steps_revision, steps_recorded, steps_known)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::int[],
      $9::timestamptz[], $10::bigint[], $11::bigint[], $12::bigint[], $13::float8[], $14::bigint[], $15::int[],
      $16::timestamptz[], $17::timestamptz[], $18::int[], $19::int[], $20::int[])
    ON CONFLICT (run_id) DO UPDATE SET
      revision = excluded.revision, attempt = excluded.attempt, status = excluded.status, percent = excluded.percent,
      changed_at = excluded.changed_at, calls = excluded.calls, input_tokens = excluded.input_tokens,
      output_tokens = excluded.output_tokens, cost_usd = excluded.cost_usd, words = excluded.words,
      words_attempt = excluded.words_attempt, started_at = excluded.started_at, finished_at = excluded.finished_at,
      steps_revision = excluded.steps_revision, steps_recorded = excluded.steps_recorded,
      steps_known = excluded.steps_known
  )
  INSERT INTO phase_totals AS total (plan_id, phase, runs, open_runs, calls, input_tokens, output_tokens, cost_usd,
    words, started_at, finished_at)
  SELECT * FROM unnest($21::text[], $22::text[], $23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[],
    $27::bigint[], $28::float8[], $29::bigint[], $30::timestamptz[], $31::timestamptz[])
  ON CONFLICT (plan_id, phase) DO UPDATE SET
    runs = total.runs + excluded.runs,
    open_runs = total.open_runs + excluded.open_runs,
    calls = total.calls + excluded.calls,
    input_tokens = total.input_tokens + excluded.input_tokens,
    output_tokens = total.output_tokens + excluded.output_tokens,
    cost_usd = total.cost_usd + excluded.cost_usd,
    words = total.words + excluded.words,
    started_at = least(total.started_at, excluded.started_at),
    finished_at = greatest(total.finished_at, excluded.finished_at)`;

/** Kept as running totals: adding up 5,000 runs takes PostgreSQL 4–16 ms, reading seven rows takes 0.1 ms. */
const PHASE_REPORTS = `
  SELECT phase, calls::float8, input_tokens::float8, output_tokens::float8, cost_usd, words::float8, started_at,
    CASE WHEN open_runs = 0 THEN finished_at END AS finished_at
  FROM phase_totals WHERE plan_id = $1`;

interface PhaseReportRow {
  phase: Phase;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
  words: number;
  started_at: Date | null;
  finished_at: Date | null;
}

/** The state of every run, and what a plan's runs amount to. */
@Injectable()
export class RunStateStore {
  constructor(private readonly database: Database) {}

  /** Carries events that were just stored (of locked plans) into the states of their runs and the totals. */
  async apply(uow: UnitOfWork, stored: StoredEvent[]): Promise<void> {
    const changes = new Map<string, RunChange>();
    for (const { event, before } of stored) {
      const sofar = changes.get(event.runId)?.after ?? before;
      const told = stateOf(event);
      changes.set(event.runId, { before, after: sofar === undefined ? told : mergeStates(sofar, told) });
    }
    const states = [...changes.values()].map((change) => change.after);
    const totals = totalsOf(changes.values());
    await uow.query(WRITE, [
      states.map((state) => state.runId),
      states.map((state) => state.planId),
      states.map((state) => state.branch),
      states.map((state) => state.phase),
      states.map((state) => state.revision),
      states.map((state) => state.attempt),
      states.map((state) => state.status),
      states.map((state) => state.percent),
      states.map((state) => timestamp(state.changedAtMs)),
      states.map((state) => state.calls),
      states.map((state) => state.inputTokens),
      states.map((state) => state.outputTokens),
      states.map((state) => state.costUsd),
      states.map((state) => state.words),
      states.map((state) => state.wordsAttempt),
      states.map((state) => timestamp(state.startedAtMs)),
      states.map((state) => timestamp(finishedAtMs(state))),
      states.map((state) => state.stepsRevision),
      states.map((state) => state.stepsRecorded),
      states.map((state) => state.stepsKnown),
      totals.map((total) => total.planId),
      totals.map((total) => total.phase),
      totals.map((total) => total.runs),
      totals.map((total) => total.openRuns),
      totals.map((total) => total.calls),
      totals.map((total) => total.inputTokens),
      totals.map((total) => total.outputTokens),
      totals.map((total) => total.costUsd),
      totals.map((total) => total.words),
      totals.map((total) => timestamp(total.startedAtMs)),
      totals.map((total) => timestamp(total.finishedAtMs)),
    ]);
  }

  /** What a plan has used up by phase, in the order of the phases; a phase without runs is left out. */
  async phases(planId: string): Promise<PhaseReport[]> {
    const rows = await this.database.query<PhaseReportRow>(PHASE_REPORTS, [planId]);
    return rows
      .map((row) => ({
        phase: row.phase,
        calls: row.calls,
        inputTokens: row.input_tokens,
        outputTokens: row.output_tokens,
        // Sums of sums may end a hair below nothing.
        costUsd: Math.max(0, roundUsd(row.cost_usd)),
        words: row.words,
        startedAt: row.started_at?.toISOString() ?? null,
        finishedAt: row.finished_at?.toISOString() ?? null,
      }))
      .sort((one, other) => PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase));
  }
}

function timestamp(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
