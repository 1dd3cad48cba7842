import { missingMetadata, NO_USAGE, type CancelRun, type StartRun } from '@fiction/contracts';
import { Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { runEvent, runNews } from '../journal/run-events';
import type { EventDraft } from '../journal/journal.types';
import { CANCEL_CHANNEL } from '../liveness/liveness';
import { Nudger } from '../queue/nudger';
import { RUN_COLUMNS, usageOf, type RunRow } from './run.row';

/** A new run, or a new revision of one that was there; an older or the same revision changes nothing. */
const START = `
  INSERT INTO runs (id, plan_id, branch, phase, target, metadata, revision, attempt, status, details)
  SELECT id, plan_id, branch, phase, target, metadata, revision, 1, status, details
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::int[], $8::text[], $9::jsonb[])
    AS start (id, plan_id, branch, phase, target, metadata, revision, status, details)
  ON CONFLICT (id) DO UPDATE SET
    target = excluded.target, metadata = excluded.metadata, revision = excluded.revision, attempt = runs.attempt + 1,
    status = excluded.status, details = excluded.details, percent = 0, failures = 0, pauses = 0, losses = 0,
    worker_id = NULL, available_at = now(), cancel_requested_at = NULL, error = NULL, enqueued_at = now(),
    started_at = NULL, finished_at = NULL
  WHERE runs.revision < excluded.revision
  RETURNING ${RUN_COLUMNS}`;

const CANCEL = `
  UPDATE runs SET
    cancel_requested_at = now(),
    status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END,
    finished_at = CASE WHEN status = 'queued' THEN now() ELSE finished_at END
  WHERE id = ANY($1::text[]) AND status IN ('queued', 'running')
  RETURNING ${RUN_COLUMNS}`;

const NOTIFY = `SELECT pg_notify('${CANCEL_CHANNEL}', id) FROM unnest($1::text[]) AS id`;

/** Puts runs on record and asks for them to be looked at; and asks for them to end. */
@Injectable()
export class RunStarts {
  constructor(
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
  ) {}

  /** Records the runs; those whose metadata has a gap are recorded as blocked, and nothing is run on a guess. */
  async start(uow: UnitOfWork, starts: StartRun[]): Promise<void> {
    if (starts.length === 0) return;
    const gaps = starts.map((start) => missingMetadata(start.metadata));
    const rows = await uow.query<RunRow>(START, [
      starts.map((start) => start.runId),
      starts.map((start) => start.planId),
      starts.map((start) => start.branch),
      starts.map((start) => start.phase),
      starts.map((start) => JSON.stringify(start.target)),
      starts.map((start) => JSON.stringify(start.metadata)),
      starts.map((start) => start.revision),
      gaps.map((missing) => (missing.length === 0 ? 'queued' : 'blocked')),
      gaps.map((missing) => JSON.stringify(missing.length === 0 ? {} : { reason: 'METADATA_MISSING', missing })),
    ]);
    const missingOf = new Map(starts.map((start, index) => [start.runId, gaps[index]!]));
    await this.tell(uow, rows, (row) => startEvent(missingOf.get(row.id) ?? []));
    const queued = rows.filter((row) => row.status === 'queued');
    uow.onCommit(() => this.nudger.nudge(queued.map((row) => ({ runId: row.id, attempt: row.attempt, delayMs: 0 }))));
  }

  /** What is queued is cancelled at once; what is running is asked to end, wherever it runs. */
  async cancel(uow: UnitOfWork, cancels: CancelRun[]): Promise<void> {
    if (cancels.length === 0) return;
    const reasonOf = new Map(cancels.map((cancel) => [cancel.runId, cancel.reason]));
    const rows = await uow.query<RunRow>(CANCEL, [[...reasonOf.keys()]]);
    const ended = rows.filter((row) => row.status === 'cancelled');
    await this.tell(uow, ended, (row) => cancelledEvent(row.percent, reasonOf.get(row.id) ?? ''));
    const running = rows.filter((row) => row.status === 'running');
    if (running.length > 0) await uow.query(NOTIFY, [running.map((row) => row.id)]);
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

function startEvent(missing: string[]): EventDraft {
  if (missing.length === 0) {
    return { status: 'Enqueued', percent: 0, message: 'queued', checkpoint: 'pending', details: {} };
  }
  return {
    status: 'Blocked',
    percent: 0,
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
