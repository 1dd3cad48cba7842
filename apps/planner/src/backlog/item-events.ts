import { NO_USAGE, type Checkpoint, type Details, type ProgressStatus, type TaskMetadata } from '@fiction/contracts';
import { runEvent, runNews } from '@fiction/runtime';
import { metadataOf, type StartPlan, type StartRow } from '../graph/start-of';
import type { ItemRow } from './backlog-rows';

/** What the planner tells of an item whose run it has ended, or kept from beginning, by itself. */
export interface ItemNews {
  status: ProgressStatus;
  message: string;
  checkpoint: Checkpoint;
  details: Details;
  /** The last one that was begun; that of the item, or the first, if left out. */
  attempt?: number;
  /** What there is of it; the task's own if left out. */
  metadata?: Partial<TaskMetadata>;
}

type ToldRow = StartRow & Pick<ItemRow, 'attempts'>;

/** Messages that tell of items as their runs would. */
export function itemEvents(
  planId: string,
  plan: StartPlan,
  rows: ToldRow[],
  newsOf: ItemNews | ((row: ToldRow) => ItemNews),
): ReturnType<typeof runNews> {
  return runNews(
    rows.map((row) => {
      const { metadata, attempt, ...draft } = typeof newsOf === 'function' ? newsOf(row) : newsOf;
      return runEvent(
        {
          planId,
          branch: row.branch,
          phase: row.phase,
          runId: row.run_id,
          revision: row.revision,
          resumption: row.resumption,
          attempt: attempt ?? Math.max(1, row.attempts),
          target: row.target,
          metadata: metadata ?? metadataOf(planId, plan, row),
          usage: NO_USAGE,
        },
        { ...draft, percent: 0 },
      );
    }),
  );
}
