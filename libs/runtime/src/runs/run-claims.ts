import { Batcher, Database, unindexed } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { Liveness } from '../liveness/liveness';
import { attemptKey, RUN_COLUMNS, toClaimedRun, type RunRow } from './run.row';
import type { ClaimedRun } from './run.types';

interface Claim {
  runId: string;
  attempt: number;
}

/** A nudge may come a little before its time, by clocks that differ. */
const CLAIM = `
  UPDATE runs SET status = 'running', worker_id = $1, started_at = coalesce(started_at, now()), error = NULL
  FROM unnest($2::text[], $3::int[]) AS claim (id, attempt)
  WHERE runs.id = claim.id AND runs.attempt = claim.attempt AND ${unindexed('runs.status')} = 'queued'
    AND runs.cancel_requested_at IS NULL AND runs.available_at <= now() + interval '50 milliseconds'
  RETURNING ${RUN_COLUMNS}`;

/** Hands each attempt to one worker: whoever changes its row from queued to running. */
@Injectable()
export class RunClaims {
  private readonly batcher = new Batcher<Claim, ClaimedRun | undefined>((claims) => this.claim(claims), {
    maxItems: 128,
    maxFlushes: 1,
  });

  constructor(
    private readonly database: Database,
    private readonly liveness: Liveness,
  ) {}

  /** The run, or nothing when somebody else has it, it is not its time, or a newer attempt exists. */
  take(runId: string, attempt: number): Promise<ClaimedRun | undefined> {
    return this.batcher.add({ runId, attempt });
  }

  private async claim(claims: Claim[]): Promise<(ClaimedRun | undefined)[]> {
    const workerId = this.liveness.workerId;
    const rows = await this.database.query<RunRow>(CLAIM, [
      workerId,
      claims.map((claim) => claim.runId),
      claims.map((claim) => claim.attempt),
    ]);
    const claimed = rows.map((row) => toClaimedRun(row));
    // By the attempt, not by the run: whoever asks for an old one must not go on with the current one as if it were that.
    const waiting = new Map(claimed.map((run) => [attemptKey(run.runId, run.attempt), run]));
    return claims.map(({ runId, attempt }) => {
      const key = attemptKey(runId, attempt);
      const run = waiting.get(key);
      // One nudge of a doubled pair gets the run.
      waiting.delete(key);
      return run;
    });
  }
}
