import { missingMetadata, NO_USAGE, presentMetadata, type CancelRun, type StartRun } from '@fiction/contracts';
import { Outbox } from '@fiction/messaging';
import { storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { runEvent, runNews } from '../journal/run-events';
import type { EventDraft } from '../journal/journal.types';
import { CANCEL_CHANNEL, STOP_CHANNEL } from '../liveness/liveness';
import { Nudger } from '../queue/nudger';
import { HeldStarts } from './held-starts';
import { RUN_COLUMNS, usageOf, type RunRow } from './run.row';

/**
 * A new run, or a new revision or resumption of one that was there; an older or the same one changes nothing. A revision
 * that is complete is not resumed: that it is has been told, and whoever asked will hear it. One that is under way is not
 * resumed here either (its row is locked all the same): such a start is held.
 */
const START = `
  INSERT INTO runs (id, plan_id, branch, phase, target, metadata, revision, resumption, attempt, status, details,
    spend_limit)
  SELECT id, plan_id, branch, phase, target, metadata, revision, resumption, 1, status, details, spend_limit
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::int[], $8::int[], $9::text[],
    $10::jsonb[], $11::jsonb[])
    AS start (id, plan_id, branch, phase, target, metadata, revision, resumption, status, details, spend_limit)
  ORDER BY id
  ON CONFLICT (id) DO UPDATE SET
    target = excluded.target, metadata = excluded.metadata, revision = excluded.revision,
    resumption = excluded.resumption, attempt = runs.attempt + 1, status = excluded.status, details = excluded.details,
    spend_limit = excluded.spend_limit, percent = CASE WHEN runs.revision = excluded.revision THEN runs.percent ELSE 0 END,
    failures = 0, pauses = 0, losses = 0, worker_id = NULL, available_at = now(), cancel_requested_at = NULL, error = NULL, enqueued_at = now(),
    started_at = NULL, finished_at = NULL
  WHERE runs.revision < excluded.revision OR (
    runs.revision = excluded.revision AND runs.resumption < excluded.resumption
      AND runs.status NOT IN ('complete', 'running'))
  RETURNING ${RUN_COLUMNS}`;

/** The limit of a run that was told to spend no more. */
export const NO_MORE = `'{"usd": -1, "tokens": -1}'::jsonb`;
/** What may end its open calls is not asked to end; it may spend no more, whoever has it or takes it up again. */
const CANCEL = `
  UPDATE runs SET
    cancel_requested_at = CASE WHEN status = 'running' AND gone.softly THEN cancel_requested_at ELSE now() END,
    spend_limit = CASE WHEN status = 'running' AND gone.softly THEN ${NO_MORE} ELSE spend_limit END,
    status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END,
    finished_at = CASE WHEN status = 'queued' THEN now() ELSE finished_at END,
    revision = coalesce(gone.revision, runs.revision), resumption = coalesce(gone.resumption, runs.resumption)
  FROM unnest($1::text[], $2::int[], $3::int[], $4::boolean[]) AS gone (id, revision, resumption, softly)
  WHERE runs.id = gone.id AND status IN ('queued', 'running')
    AND (gone.revision IS NULL OR (runs.revision, runs.resumption) <= (gone.revision, gone.resumption))
  RETURNING ${RUN_COLUMNS}`;

/** The start of what is cancelled may still be on its way: it must find that it is not wanted any more. */
const CANCEL_BEFORE = `
  INSERT INTO runs (id, plan_id, branch, phase, target, metadata, revision, resumption, attempt, status, finished_at)
  SELECT id, plan_id, branch, phase, target, metadata, revision, resumption, 1, 'cancelled', now()
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::int[], $8::int[])
    AS gone (id, plan_id, branch, phase, target, metadata, revision, resumption)
  ORDER BY id
  ON CONFLICT (id) DO UPDATE SET
    target = excluded.target, metadata = excluded.metadata, revision = excluded.revision,
    resumption = excluded.resumption, finished_at = now()
  WHERE (runs.revision, runs.resumption) < (excluded.revision, excluded.resumption)
    AND runs.status NOT IN ('complete', 'queued', 'running')
  RETURNING ${RUN_COLUMNS}`;

const NOTIFY = `
  SELECT pg_notify($3, attempt || ' ' || id) FROM unnest($1::text[], $2::int[]) AS gone (id, attempt)`;

/** Runs of one statement: with more, what is under way would wait for this process to be done with them. */
const PART = 64;

/** Puts runs on record and asks for them to be looked at; and asks for them to end. */
@Injectable()
export class RunStarts {
  constructor(
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
    private readonly held: HeldStarts,
  ) {}

  /**
   * Records the runs; those whose metadata has a gap are recorded as blocked, and nothing is run on a guess. The resume of
   * a run that is under way waits for the end of its attempt.
   */
  async start(uow: UnitOfWork, wanted: StartRun[]): Promise<void> {
    // In one order for all, so that two replicas with the same starts do not wait for each other.
    const starts = latestOf(wanted).toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
    for (let from = 0; from < starts.length; from += PART) await this.startPart(uow, starts.slice(from, from + PART));
  }

  private async startPart(uow: UnitOfWork, starts: StartRun[]): Promise<void> {
    const gaps = starts.map((start) => missingMetadata(start.metadata));
    const rows = await uow.query<RunRow>(START, [
      ...startColumns(starts),
      gaps.map((missing) => (missing.length === 0 ? 'queued' : 'blocked')),
      gaps.map((missing) => JSON.stringify(missing.length === 0 ? {} : { reason: 'METADATA_MISSING', missing })),
      starts.map(({ spendLimit }) => (spendLimit === undefined ? null : JSON.stringify(spendLimit))),
    ]);
    const missingOf = new Map(starts.map((start, index) => [start.runId, gaps[index]!]));
    await this.tell(uow, rows, (row) => startEvent(missingOf.get(row.id) ?? [], row));
    // What a new revision finds under way is work on an input that no longer counts.
    const renewed = rows.filter((row) => row.attempt > 1);
    const overtaken = renewed.map((row) => ({ id: row.id, attempt: row.attempt - 1 }));
    const begun = new Set(rows.map((row) => row.id));
    const ending = await this.held.hold(
      uow,
      starts.filter((start) => start.resumption > 0 && !begun.has(start.runId)),
    );
    await this.notify(uow, [...overtaken, ...ending]);
    const queued = rows.filter((row) => row.status === 'queued');
    uow.onCommit(() => this.nudger.nudge(queued.map((row) => ({ runId: row.id, attempt: row.attempt, delayMs: 0 }))));
  }

  /** Starts what was held, of runs that are not under way any more. */
  async startHeld(uow: UnitOfWork): Promise<void> {
    await this.start(uow, await this.held.release(uow));
  }

  /** What is queued is cancelled at once; what is running is asked to end, wherever it runs. */
  async cancel(uow: UnitOfWork, cancels: CancelRun[]): Promise<void> {
    if (cancels.length === 0) return;
    const last = new Map(cancels.map((cancel) => [cancel.runId, cancel]));
    const reasonOf = new Map(cancels.map((cancel) => [cancel.runId, cancel.reason]));
    const rows = await uow.query<RunRow>(CANCEL, [
      [...last.keys()],
      [...last.values()].map(({ start }) => start?.revision ?? null),
      [...last.values()].map(({ start }) => start?.resumption ?? null),
      [...last.values()].map(({ letCallsEnd }) => letCallsEnd === true),
    ]);
    await this.held.drop(uow, [...last.values()]);
    await this.cancelBefore(
      uow,
      [...last.values()].flatMap(({ start }) => start ?? []),
    );
    const ended = rows.filter((row) => row.status === 'cancelled');
    await this.tell(uow, ended, (row) => cancelledEvent(row.percent, reasonOf.get(row.id) ?? ''));
    const running = rows.filter((row) => row.status === 'running');
    const isSoft = ({ id }: RunRow): boolean => last.get(id)?.letCallsEnd === true;
    await this.notify(
      uow,
      running.filter((row) => !isSoft(row)),
    );
    await this.notify(uow, running.filter(isSoft), STOP_CHANNEL);
  }

  private async cancelBefore(uow: UnitOfWork, starts: StartRun[]): Promise<void> {
    if (starts.length === 0) return;
    await uow.query(CANCEL_BEFORE, startColumns(starts));
  }

  /** Whoever works on one of these attempts, or on an earlier one, may stop. */
  private async notify(
    uow: UnitOfWork,
    gone: { id: string; attempt: number }[],
    channel: string = CANCEL_CHANNEL,
  ): Promise<void> {
    if (gone.length === 0) return;
    await uow.query(NOTIFY, [gone.map(({ id }) => id), gone.map(({ attempt }) => attempt), channel]);
  }

  private async tell(uow: UnitOfWork, rows: RunRow[], draft: (row: RunRow) => EventDraft): Promise<void> {
    await this.outbox.add(
      uow,
      runNews(
        rows.map((row) =>
          runEvent(
            {
              planId: row.plan_id,
              branch: row.branch,
              phase: row.phase,
              runId: row.id,
              revision: row.revision,
              resumption: row.resumption,
              attempt: row.attempt,
              target: row.target,
              metadata: row.metadata,
              usage: row.calls === 0 ? NO_USAGE : usageOf(row),
            },
            draft(row),
          ),
        ),
      ),
    );
  }
}

/** $1 to $8 of what puts runs on record. */
function startColumns(starts: StartRun[]): unknown[][] {
  return [
    starts.map((start) => start.runId),
    starts.map((start) => start.planId),
    starts.map((start) => start.branch),
    starts.map((start) => start.phase),
    starts.map((start) => storableJson(start.target)),
    starts.map((start) => storableJson(presentMetadata(start.metadata))),
    starts.map((start) => start.revision),
    starts.map((start) => start.resumption),
  ];
}

/** Of several starts of one run the last: a statement can touch a row only once. */
function latestOf(starts: StartRun[]): StartRun[] {
  const latest = new Map<string, StartRun>();
  for (const start of starts) {
    const other = latest.get(start.runId);
    if (other === undefined || isLater(start, other)) latest.set(start.runId, start);
  }
  return [...latest.values()];
}

function isLater(start: StartRun, other: StartRun): boolean {
  return start.revision === other.revision ? start.resumption > other.resumption : start.revision > other.revision;
}

function startEvent(missing: string[], { resumption, percent }: Pick<RunRow, 'resumption' | 'percent'>): EventDraft {
  if (missing.length === 0 && resumption > 0) {
    const details = { resumption };
    return { status: 'Resumed', percent, message: 'resumed', checkpoint: 'in-progress', details };
  }
  if (missing.length === 0) {
    return { status: 'Enqueued', percent, message: 'queued', checkpoint: 'pending', details: {} };
  }
  return {
    status: 'Blocked',
    percent,
    message: `METADATA_MISSING: ${missing.join(', ')}`,
    checkpoint: 'pending',
    details: { reason: 'METADATA_MISSING', missing },
  };
}

export function cancelledEvent(percent: number, reason: string): EventDraft {
  return {
    status: 'Cancelled',
    percent,
    message: `cancelled: ${reason}`,
    checkpoint: 'cancelled',
    details: { reason },
  };
}
