import { Outbox } from '@fiction/messaging';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { MAX_LOSSES } from '../execution/failure';
import { RecordedSteps, type RecordedRun } from '../execution/recorded-steps';
import { RunExecutor } from '../execution/run-executor';
import type { EventDraft } from '../journal/journal.types';
import { runEvent, runNews } from '../journal/run-events';
import { Liveness, WORKER_LOCK_CLASS } from '../liveness/liveness';
import { Nudger } from '../queue/nudger';
import { RUN_COLUMNS, toClaimedRun, type RunRow } from '../runs/run.row';
import { cancelledEvent } from '../runs/run-starts';
import type { ClaimedRun } from '../runs/run.types';

/** Most runs that are taken back at a time. */
const PAGE = 500;

/** Ids of the workers that live: those whose advisory lock is held. */
export const LIVING = `ARRAY(
  SELECT objid::bigint::int FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND classid::bigint = (${WORKER_LOCK_CLASS}::bigint & 4294967295)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/**
 * Runs that nobody works on: their worker no longer holds its advisory lock, or it is this process and does not have them
 * in hand ($1, $2), as after a claim whose commit was not heard of. After PostgreSQL itself was restarted every lock is
 * gone, so the living get three seconds to take theirs again (by a clock that was set back it has started in the future). Up
 * to so many ($4) are claimed by this worker ($3) at once; the others are queued. (What is found is locked by its attempt: it
 * may just have been taken by a worker that was not there yet when the locks were looked at.)
 */
const TAKE_BACK = `
  WITH lost AS MATERIALIZED (
    SELECT id, attempt FROM runs
    WHERE status = 'running'
      AND pg_postmaster_start_time() NOT BETWEEN now() - interval '3 seconds' AND now()
      AND ((id, attempt) IN (SELECT * FROM unnest($1::text[], $2::int[])) OR worker_id <> ALL (${LIVING}))
    ORDER BY worker_id LIMIT ${PAGE}),
  gone AS (
    SELECT runs.id, runs.cancel_requested_at, runs.losses FROM runs JOIN lost USING (id, attempt)
    WHERE runs.status = 'running' ORDER BY runs.id FOR UPDATE OF runs SKIP LOCKED),
  found AS (
    SELECT id, CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled' WHEN losses + 1 >= ${MAX_LOSSES} THEN 'failed'
      WHEN row_number() OVER (ORDER BY id) <= $4 THEN 'running' ELSE 'queued' END AS status
    FROM gone)
  UPDATE runs SET
    status = found.status, attempt = attempt + 1, losses = losses + 1, available_at = now(),
    worker_id = CASE WHEN found.status = 'running' THEN $3::int END,
    finished_at = CASE WHEN found.status IN ('cancelled', 'failed') THEN now() END,
    error = CASE WHEN found.status <> 'running'
      THEN '{"code": "WORKER_LOST", "message": "the worker ended while it had the run"}'::jsonb END
  FROM found WHERE runs.id = found.id
  RETURNING ${RUN_COLUMNS}`;

/** An attempt that was lost has not told what it has used: it is what is on record of the run, over all revisions. */
const COUNT_USED = `
  UPDATE runs SET calls = used.calls, input_tokens = used.input_tokens, output_tokens = used.output_tokens,
    cost_usd = used.cost_usd
  FROM (SELECT run_id, count(*)::int AS calls, coalesce(sum(input_tokens), 0) AS input_tokens,
      coalesce(sum(output_tokens), 0) AS output_tokens, coalesce(sum(cost_usd), 0) AS cost_usd
    FROM steps WHERE run_id = ANY($1::text[]) AND kind = 'model' GROUP BY run_id) AS used
  WHERE runs.id = used.run_id
  RETURNING ${RUN_COLUMNS}`;

/** A run taken back and claimed, with what is recorded of it. */
interface TakenOn {
  run: ClaimedRun;
  recorded: Promise<RecordedRun>;
}

/** Takes back the runs of workers that are gone, and goes on with them. */
@Injectable()
export class LostRuns {
  private readonly log = new Logger(LostRuns.name);

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
    private readonly liveness: Liveness,
    private readonly executor: RunExecutor,
    private readonly recorded: RecordedSteps,
  ) {}

  /**
   * What there is room for goes on here at once, and the rest is before all workers again.
   * @param orphans attempts that this process has claimed and does not have in hand
   * @returns whether there was anything to take back
   */
  async takeBack(orphans: Pick<RunRow, 'id' | 'attempt'>[]): Promise<boolean> {
    if (!this.liveness.trustworthy) return false;
    let takenOn: TakenOn[] = [];
    const lost = await this.database.transaction(async (uow) => {
      const taken = await uow.query<RunRow>(TAKE_BACK, [
        orphans.map(({ id }) => id),
        orphans.map(({ attempt }) => attempt),
        this.liveness.workerId,
        this.executor.room,
      ]);
      // The statement may have waited for PostgreSQL to come back, and then it has seen the locks of nobody.
      if (taken.length > 0 && !this.liveness.trustworthy) throw new Error('the worker locks cannot be trusted now');
      takenOn = taken.flatMap((row) => (row.status === 'running' ? [this.takenOn(row)] : []));
      const rows = await this.counted(uow, taken);
      const events = rows.map((row) => runEvent(toClaimedRun(row), lossEvent(row)));
      await this.outbox.add(uow, runNews(events));
      return rows;
    });
    for (const { run, recorded } of takenOn) void this.executor.takeOn(run, recorded);
    if (lost.length > 0) this.log.warn(`${lost.length} runs lost their worker`);
    const queued = lost.filter((row) => row.status === 'queued');
    this.nudger.nudge(queued.map(({ id, attempt }) => ({ runId: id, attempt, delayMs: 0 })));
    return lost.length > 0;
  }

  /** Whoever goes on with a run counts by itself. */
  private async counted(uow: UnitOfWork, rows: RunRow[]): Promise<RunRow[]> {
    const left = rows.filter(({ status }) => status !== 'running').map(({ id }) => id);
    const used = left.length === 0 ? [] : await uow.query<RunRow>(COUNT_USED, [left]);
    const known = new Map(used.map((row) => [row.id, row]));
    return rows.map((row) => known.get(row.id) ?? row);
  }

  /** What is recorded is read beside the commit: the row is locked, so nothing more comes under the attempt that is lost. */
  private takenOn(row: RunRow): TakenOn {
    const run = toClaimedRun(row);
    const recorded = this.recorded.of(run);
    // Whoever goes on with the run hears of a failure; nobody does if the commit has failed as well.
    recorded.catch(() => undefined);
    return { run, recorded };
  }
}

function lossEvent(row: RunRow): EventDraft {
  if (row.status === 'cancelled') return cancelledEvent(row.percent, 'as requested');
  const reason = 'WORKER_LOST';
  if (row.status === 'failed') {
    const message = `failed: ${row.losses} workers ended while running it`;
    return { status: 'Failed', percent: row.percent, message, checkpoint: 'in-progress', details: { reason } };
  }
  const message = 'its worker is gone; continuing from the recorded steps';
  return { status: 'Resumed', percent: row.percent, message, checkpoint: 'in-progress', details: { reason } };
}
