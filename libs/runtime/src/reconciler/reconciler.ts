import { Outbox } from '@fiction/messaging';
import { Database, Loop, type UnitOfWork } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { RunExecutor } from '../execution/run-executor';
import { MAX_LOSSES } from '../execution/failure';
import type { EventDraft } from '../journal/journal.types';
import { runEvent, runNews } from '../journal/run-events';
import { Liveness, WORKER_LOCK_CLASS } from '../liveness/liveness';
import { Nudger } from '../queue/nudger';
import { RUN_COLUMNS, toClaimedRun, type RunRow } from '../runs/run.row';
import { cancelledEvent } from '../runs/run-starts';

const EVERY_MS = 200;
/** Queued for this long without being claimed, a run is nudged again, in seconds. */
const OVERDUE_SECONDS = 3;
const OVERDUE_EVERY_ROUNDS = 10;
const PAGE = 500;

/** Runs that this process has by the table and not by its own count. */
const UNHELD = `SELECT id, attempt FROM runs WHERE status = 'running' AND worker_id = $1 AND id <> ALL ($2::text[])`;

/**
 * Runs that nobody works on: their worker no longer holds its advisory lock, or they are dropped ones of this process
 * ($1). After PostgreSQL itself was restarted every lock is gone, so
 * the living get three seconds to take theirs again.
 */
const TAKE_BACK = `
  WITH gone AS (
    SELECT id FROM runs
    WHERE status = 'running'
      AND pg_postmaster_start_time() < now() - interval '3 seconds'
      AND (id = ANY ($1::text[]) OR worker_id <> ALL (ARRAY(
        SELECT objid::bigint::int FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid::bigint = (${WORKER_LOCK_CLASS}::bigint & 4294967295)
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))))
    ORDER BY id LIMIT ${PAGE} FOR UPDATE SKIP LOCKED)
  UPDATE runs SET
    status = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled'
                  WHEN losses + 1 >= ${MAX_LOSSES} THEN 'failed' ELSE 'queued' END,
    attempt = attempt + 1, losses = losses + 1, worker_id = NULL, available_at = now(),
    error = '{"code": "WORKER_LOST", "message": "the worker ended while it had the run"}'
  FROM gone WHERE runs.id = gone.id
  RETURNING ${RUN_COLUMNS}`;

/** Asked to be cancelled in the moment in which it went back to the queue. */
const CANCEL_QUEUED = `
  UPDATE runs SET status = 'cancelled', finished_at = now()
  WHERE status = 'queued' AND cancel_requested_at IS NOT NULL
  RETURNING ${RUN_COLUMNS}`;

const QUEUED = `
  SELECT id, attempt FROM runs
  WHERE status = 'queued' AND available_at <= now() - $1 * interval '1 second' AND id > $2
  ORDER BY id LIMIT ${PAGE}`;

/** Makes what should be in flight be in flight again, from PostgreSQL alone. Every replica does it; none has to. */
@Injectable()
export class Reconciler {
  private readonly log = new Logger(Reconciler.name);
  private round = 0;
  /** Attempts of runs that looked dropped in the last round. */
  private unheld = new Map<string, number>();
  private readonly loop = new Loop(() => this.reconcile(), {
    everyMs: EVERY_MS,
    onError: (error) => this.log.debug(`reconciling again soon: ${String(error)}`),
  });

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
    private readonly liveness: Liveness,
    private readonly executor: RunExecutor,
  ) {}

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  async reconcile(): Promise<void> {
    await this.takeBack();
    if (await this.nudger.wasLost()) await this.nudgeQueued(0);
    else if (this.round % OVERDUE_EVERY_ROUNDS === 0) await this.nudgeQueued(OVERDUE_SECONDS);
    this.round += 1;
  }

  private async takeBack(): Promise<void> {
    if (!this.liveness.trustworthy) return;
    const dropped = await this.findDropped();
    const lost = await this.database.transaction(async (uow) => {
      const rows = await uow.query<RunRow>(TAKE_BACK, [dropped]);
      // The statement may have waited for PostgreSQL to come back, and then it has seen the locks of nobody.
      if (rows.length > 0 && !this.liveness.trustworthy) throw new Error('the locks are not to be believed just now');
      const cancelled = await uow.query<RunRow>(CANCEL_QUEUED);
      await this.tell(uow, rows, lossEvent);
      await this.tell(uow, cancelled, (row) => cancelledEvent(row.percent, 'as asked'));
      return rows;
    });
    if (lost.length > 0) this.log.warn(`${lost.length} runs lost their worker`);
    const again = lost.filter((row) => row.status === 'queued');
    this.nudger.nudge(again.map((row) => ({ runId: row.id, attempt: row.attempt, delayMs: 0 })));
  }

  /**
   * Runs that nobody in this process has, as after a claim whose commit was not heard of. What was claimed a moment ago
   * looks the same, hence only what looked so in the round before as well.
   */
  private async findDropped(): Promise<string[]> {
    const rows = await this.database.query<{ id: string; attempt: number }>(UNHELD, [
      this.liveness.workerId,
      this.executor.held(),
    ]);
    const before = this.unheld;
    this.unheld = new Map(rows.map((row) => [row.id, row.attempt]));
    const held = new Set(this.executor.held());
    return rows.filter((row) => before.get(row.id) === row.attempt && !held.has(row.id)).map((row) => row.id);
  }

  private async nudgeQueued(overdueSeconds: number): Promise<void> {
    for (let after = '', taken = PAGE; taken === PAGE;) {
      const rows = await this.database.query<{ id: string; attempt: number }>(QUEUED, [overdueSeconds, after]);
      this.nudger.nudge(rows.map((row) => ({ runId: row.id, attempt: row.attempt, delayMs: 0 })));
      taken = rows.length;
      after = rows.at(-1)?.id ?? '';
    }
  }

  private async tell(uow: UnitOfWork, rows: RunRow[], draft: (row: RunRow) => EventDraft): Promise<void> {
    await this.outbox.add(uow, runNews(rows.map((row) => runEvent(toClaimedRun(row), draft(row)))));
  }
}

function lossEvent(row: RunRow): EventDraft {
  if (row.status === 'cancelled') return cancelledEvent(row.percent, 'as asked');
  const reason = 'WORKER_LOST';
  if (row.status === 'failed') {
    const message = `failed: ${row.losses} workers ended while they had it`;
    return { status: 'Failed', percent: row.percent, message, checkpoint: 'in-progress', details: { reason } };
  }
  const message = 'its worker is gone; going on from the recorded steps';
  return { status: 'Resumed', percent: row.percent, message, checkpoint: 'in-progress', details: { reason } };
}
