import type { CancelRun, StartRun } from '@fiction/contracts';
import { storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

/** An attempt that is to end, for a start waits for it. */
export interface EndingAttempt {
  id: string;
  attempt: number;
}

/** Of a run that is under way, a resume waits; of several the last. The attempt under way is asked to end. */
const HOLD = `
  WITH start AS (
    SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::jsonb[]) AS start (run_id, revision, resumption, start)),
  ending AS (
    UPDATE runs SET cancel_requested_at = coalesce(cancel_requested_at, now())
    FROM start WHERE runs.id = start.run_id AND runs.status = 'running'
      AND runs.revision = start.revision AND runs.resumption < start.resumption
    RETURNING runs.id, runs.attempt),
  held AS (
    INSERT INTO held_starts (run_id, revision, resumption, start)
    SELECT start.* FROM start JOIN ending ON ending.id = start.run_id ORDER BY run_id
    ON CONFLICT (run_id) DO UPDATE SET
      revision = excluded.revision, resumption = excluded.resumption, start = excluded.start, held_at = now()
    WHERE (held_starts.revision, held_starts.resumption) < (excluded.revision, excluded.resumption))
  SELECT id, attempt FROM ending`;

const DROP = `
  DELETE FROM held_starts USING unnest($1::text[], $2::int[], $3::int[]) AS gone (run_id, revision, resumption)
  WHERE held_starts.run_id = gone.run_id AND (gone.revision IS NULL
    OR (held_starts.revision, held_starts.resumption) <= (gone.revision, gone.resumption))`;

/** The run's row is locked before that of its held start, as everywhere. */
const RELEASE = `
  WITH ended AS (
    SELECT runs.id FROM runs JOIN held_starts ON held_starts.run_id = runs.id
    WHERE runs.status <> 'running' ORDER BY runs.id LIMIT 500 FOR NO KEY UPDATE OF runs SKIP LOCKED)
  DELETE FROM held_starts USING ended WHERE held_starts.run_id = ended.id RETURNING start`;

/**
 * Resumes that came while the attempt they follow was still under way. They wait until it has ended, or its worker is gone:
 * what that attempt was answered is written down before the next one looks at what is recorded, so nothing is paid for twice.
 */
@Injectable()
export class HeldStarts {
  /** Of `starts`, holds those whose run is under way. Answers the attempts that must end first. */
  async hold(uow: UnitOfWork, starts: StartRun[]): Promise<EndingAttempt[]> {
    if (starts.length === 0) return [];
    return uow.query<EndingAttempt>(HOLD, [
      starts.map((start) => start.runId),
      starts.map((start) => start.revision),
      starts.map((start) => start.resumption),
      starts.map((start) => storableJson(start)),
    ]);
  }

  /** What is cancelled does not wait any more either; a cancel that names its start means that and earlier ones. */
  async drop(uow: UnitOfWork, cancels: CancelRun[]): Promise<void> {
    await uow.query(DROP, [
      cancels.map(({ runId }) => runId),
      cancels.map(({ start }) => start?.revision ?? null),
      cancels.map(({ start }) => start?.resumption ?? null),
    ]);
  }

  /** Those whose run has ended: they are the caller's now. */
  async release(uow: UnitOfWork): Promise<StartRun[]> {
    const rows = await uow.query<{ start: StartRun }>(RELEASE);
    return rows.map(({ start }) => start);
  }
}
