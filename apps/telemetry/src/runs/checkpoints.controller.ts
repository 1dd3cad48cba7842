import {
  listCheckpoints,
  listRunHistory,
  UnknownCursorError,
  type ReplyOf,
  type RequestOf,
  type RunCheckpoint,
} from '@fiction/contracts';
import { AnswersRequest } from '@fiction/messaging';
import { Database, pageOfRows } from '@fiction/platform';
import { Controller } from '@nestjs/common';
import { EventStore } from '../history/event.store';
import { checkpointOf } from './run-state';

interface CheckpointRow extends Omit<RunCheckpoint, 'checkpoint' | 'steps' | 'changedAt'> {
  changed_at: Date;
  recorded: number;
  known: number;
}

const LIST = `
  SELECT run_id AS "runId", branch, phase, status, percent, attempt, changed_at, steps_recorded AS recorded,
    steps_known AS known
  FROM run_states
  WHERE plan_id = $1 AND ($2::text IS NULL OR branch = $2) AND ($3::text[] IS NULL OR run_id = ANY($3))
    AND ($4::text IS NULL OR run_id > $4)
  ORDER BY run_id LIMIT $5`;
const LONGEST_CURSOR = 400;

/** Answers how far runs have come, and what each has been through. */
@Controller()
export class CheckpointsController {
  constructor(
    private readonly database: Database,
    private readonly events: EventStore,
  ) {}

  @AnswersRequest(listCheckpoints)
  async list(query: RequestOf<typeof listCheckpoints>): Promise<ReplyOf<typeof listCheckpoints>> {
    const { planId, branch, runIds, cursor, limit } = query;
    if (cursor !== undefined && (!cursor.startsWith('fiction:') || cursor.length > LONGEST_CURSOR)) {
      throw new UnknownCursorError();
    }
    const values = [planId, branch ?? null, runIds ?? null, cursor ?? null, limit + 1];
    const rows = await this.database.query<CheckpointRow>(LIST, values);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => last.runId);
    return {
      items: page.map(({ changed_at: changedAt, recorded, known, ...row }) => ({
        ...row,
        checkpoint: checkpointOf({ status: row.status, stepsRecorded: recorded }),
        steps: { recorded, known },
        changedAt: changedAt.toISOString(),
      })),
      nextCursor,
    };
  }

  @AnswersRequest(listRunHistory)
  async history(query: RequestOf<typeof listRunHistory>): Promise<ReplyOf<typeof listRunHistory>> {
    return { events: await this.events.ofRun(query.planId, query.runId, query.afterSeq, query.limit) };
  }
}
