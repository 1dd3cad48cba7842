import type { ModelCallErrorCode } from '@fiction/llm';
import { Outbox } from '@fiction/messaging';
import { Database, Loop, unindexed, type UnitOfWork } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { RunExecutor } from '../execution/run-executor';
import type { EventDraft } from '../journal/journal.types';
import { runEvent, runNews } from '../journal/run-events';
import { Liveness } from '../liveness/liveness';
import { Nudger } from '../queue/nudger';
import { attemptKey, RUN_COLUMNS, toClaimedRun, type RunRow } from '../runs/run.row';
import { cancelledEvent, NO_MORE, RunStarts } from '../runs/run-starts';
import { LIVING, LostRuns } from './lost-runs';

const EVERY_MS = 200;
/** What a start may mend. */
const AT_START = [
  'UNKNOWN_PROVIDER',
  'UNKNOWN_MODEL',
  'PROVIDER_KEY_MISSING',
  'PROVIDER_UNREACHABLE',
] satisfies ModelCallErrorCode[];
/** Queued for this long without being claimed, a run is nudged again, in seconds. */
const OVERDUE_SECONDS = 3;
/** No run is told to wait for as long, in minutes. */
const LONGEST_WAIT_MINUTES = 20;
/** What is to be found among all that waits is looked for once in so many rounds. */
const AMONG_ALL_EVERY_ROUNDS = 10;
const PAGE = 500;

/**
 * What this process has claimed, as PostgreSQL knows it; and whether there may be anything else to do. Lost runs are looked
 * for in the order of an index: by its statistics PostgreSQL may expect to come across one soon among all runs there are.
 */
export const LOOK = `
  SELECT
    (SELECT coalesce(json_agg(json_build_object(
        'id', id, 'attempt', attempt, 'cancelled', cancel_requested_at IS NOT NULL,
        'stopped', coalesce(spend_limit = ${NO_MORE}, false))), '[]')
      FROM runs WHERE worker_id = $1 AND status = 'running') AS own,
    (SELECT 1 FROM runs WHERE status = 'running' AND worker_id <> $1 AND worker_id <> ALL (${LIVING})
      ORDER BY worker_id LIMIT 1) IS NOT NULL AS lost,
    EXISTS (SELECT 1 FROM held_starts) AS held`;

/** Asked to be cancelled in the moment in which it went back to the queue. Nobody claims it. */
const CANCEL_QUEUED = `
  UPDATE runs SET status = 'cancelled', finished_at = now()
  WHERE status = 'queued' AND cancel_requested_at IS NOT NULL
  RETURNING ${RUN_COLUMNS}`;

/** The oldest only: those behind them are not overdue before these have been taken. */
const OVERDUE = `
  SELECT id, attempt FROM runs
  WHERE status = 'queued' AND available_at <= now() - interval '${OVERDUE_SECONDS} seconds'
  ORDER BY available_at LIMIT ${PAGE}`;

/**
 * Waiting for longer than anything is let wait: PostgreSQL's clock was set back. They would wait for as long as it was, and
 * nobody would know why.
 */
const AHEAD = `
  UPDATE runs SET available_at = now()
  WHERE status = 'queued' AND available_at > now() + interval '${LONGEST_WAIT_MINUTES} minutes'
  RETURNING id, attempt`;

/** Waiting runs among those whose nudge some worker has taken: in the next moment it claims them, or it is gone. */
const STRANDED = `
  SELECT id, attempt FROM runs
  WHERE (id, attempt) IN (SELECT * FROM unnest($1::text[], $2::int[])) AND ${unindexed('status')} = 'queued' AND available_at <= now()`;

const QUEUED = `
  SELECT id, attempt FROM runs
  WHERE status = 'queued' AND available_at <= now() AND id > $1
  ORDER BY id LIMIT ${PAGE}`;

/**
 * What waits for a provider that was not configured where it was tried, or out of reach: whoever is started may have been
 * told of it, or of its right address.
 */
const TRY_AT_ONCE = `
  UPDATE runs SET available_at = now()
  WHERE status = 'queued' AND available_at > now()
    AND error ->> 'code' IN (${AT_START.map((code) => `'${code}'`).join(', ')})
  RETURNING id, attempt`;

/** A run and its attempt that somebody is to take. */
type Waiting = Pick<RunRow, 'id' | 'attempt'>;

/** What a round finds. Mostly nothing is lost or held, and one look is all there is to it. */
interface Look {
  own: (Waiting & { cancelled: boolean; stopped: boolean })[];
  lost: boolean;
  held: boolean;
}

/** Makes what should be in flight be in flight again, from PostgreSQL alone. Every replica does it; none has to. */
@Injectable()
export class Reconciler {
  private readonly log = new Logger(Reconciler.name);
  private round = 0;
  private hasTried = false;
  private looked: () => void = () => undefined;
  private readonly loop = new Loop(() => this.reconcile().finally(() => this.looked()), {
    everyMs: EVERY_MS,
    onError: (error) => this.log.debug(`reconciling failed; trying again soon: ${String(error)}`),
  });

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
    private readonly liveness: Liveness,
    private readonly executor: RunExecutor,
    private readonly lostRuns: LostRuns,
    private readonly starts: RunStarts,
  ) {}

  /** Resolves when it has looked for the first time, whatever it saw. */
  async start(): Promise<void> {
    const looked = new Promise<void>((resolve) => (this.looked = resolve));
    this.loop.start();
    await looked;
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  async reconcile(): Promise<void> {
    const amongAll = this.round % AMONG_ALL_EVERY_ROUNDS === 0;
    this.round += 1;
    const [look] = await this.database.query<Look>(LOOK, [this.liveness.workerId]);
    const orphans = this.lookThroughOwn(look!.own);
    const lost = (look!.lost || orphans.length > 0) && (await this.lostRuns.takeBack(orphans));
    if (amongAll) await this.cancelQueued();
    if (amongAll) this.nudgeBeside(await this.database.query<Waiting>(AHEAD));
    if (!this.hasTried) await this.tryAtOnce();
    if (look!.held) await this.database.transaction((uow) => this.starts.startHeld(uow));
    if (await this.nudger.wasLost()) await this.nudgeQueued();
    else if (amongAll) await this.nudgeOverdue();
    if (lost || amongAll) await this.nudgeStranded();
  }

  /** Their nudges are in the queue, for later. */
  private async tryAtOnce(): Promise<void> {
    const rows = await this.database.query<Waiting>(TRY_AT_ONCE);
    this.hasTried = true;
    this.nudgeBeside(rows);
  }

  /**
   * What is claimed by this process and yet not in its hands; what is in them and not wanted is ended, in case nobody heard
   * that it was cancelled or stopped. (What is in hand is asked for last: it is there before it is claimed.)
   */
  private lookThroughOwn(own: Look['own']): Waiting[] {
    const held = this.executor.held();
    for (const { id, attempt } of own.filter((row) => row.cancelled)) this.executor.cancel(id, attempt);
    for (const { id, attempt } of own.filter((row) => row.stopped)) this.executor.stop(id, attempt);
    return own.filter(({ id, attempt }) => !held.has(attemptKey(id, attempt)));
  }

  private async cancelQueued(): Promise<void> {
    await this.database.transaction(async (uow) => {
      const cancelled = await uow.query<RunRow>(CANCEL_QUEUED);
      if (cancelled.length === 0) return;
      await this.tell(uow, cancelled, (row) => cancelledEvent(row.percent, 'as requested'));
    });
  }

  private async nudgeQueued(): Promise<void> {
    for (let after = '', taken = PAGE; taken === PAGE;) {
      const rows = await this.database.query<Waiting>(QUEUED, [after]);
      this.nudgeAgain(rows);
      taken = rows.length;
      after = rows.at(-1)?.id ?? '';
    }
  }

  /**
   * Where nothing waits before the workers, and yet runs do, Redis has lost a part of what it held: a job that is on record
   * and in no queue. Its id is taken, so that no nudge would count.
   */
  private async nudgeOverdue(): Promise<void> {
    const rows = await this.database.query<Waiting>(OVERDUE);
    if (rows.length === 0) return;
    if ((await this.nudger.waiting()) === 0) this.nudgeBeside(rows);
    else this.nudgeAgain(rows);
  }

  /** A worker that is gone may have taken nudges with it before it could claim their runs. */
  private async nudgeStranded(): Promise<void> {
    const taken = await this.nudger.taken();
    if (taken.length === 0) return;
    const rows = await this.database.query<Waiting>(STRANDED, [
      taken.map(({ runId }) => runId),
      taken.map(({ attempt }) => attempt),
    ]);
    this.nudgeBeside(rows);
  }

  private nudgeAgain(rows: Waiting[]): void {
    this.nudger.nudge(rows.map(({ id, attempt }) => ({ runId: id, attempt, delayMs: 0 })));
  }

  private nudgeBeside(rows: Waiting[]): void {
    this.nudger.nudgeBeside(rows.map(({ id, attempt }) => ({ runId: id, attempt })));
  }

  private async tell(uow: UnitOfWork, rows: RunRow[], draft: (row: RunRow) => EventDraft): Promise<void> {
    await this.outbox.add(uow, runNews(rows.map((row) => runEvent(toClaimedRun(row), draft(row)))));
  }
}
