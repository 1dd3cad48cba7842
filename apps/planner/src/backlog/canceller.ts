import { cancelRunCommandOf, PHASE_OWNER, WORKING_SERVICES, type CancelRun, type ItemStatus } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { startOf, type StartPlan } from '../graph/start-of';
import { ITEM_COLUMNS, type ItemRow } from './backlog-rows';
import { itemEvents } from './item-events';

/** Which items are to end. */
export interface Cancelling {
  planId: string;
  branch?: string;
  itemIds?: string[];
  /** Only items of these statuses are touched. */
  from: ItemStatus[];
  /** What holds them back until it goes on; nothing for items that were meant themselves. */
  heldBy: 'plan' | 'branch' | null;
  reason: string;
  /** What has begun all the same may end its open model calls. */
  letCallsEnd?: boolean;
}

type CancelledRow = ItemRow & { was: ItemStatus };

const CANCEL = `
  WITH gone AS (
    SELECT id, status AS was FROM items
    WHERE plan_id = $1 AND ($2::text IS NULL OR branch = $2) AND ($3::text[] IS NULL OR id = ANY($3))
      AND status = ANY($4::text[])
    ORDER BY id FOR NO KEY UPDATE)
  UPDATE items SET status = 'cancelled', reason_code = 'CANCELLED', status_reason = $5, held_by = $6,
    resume_requested_at = NULL, changed_at = $7
  FROM gone WHERE items.id = gone.id RETURNING ${ITEM_COLUMNS}, gone.was`;

/**
 * Ends items, in two phases: here, at once, so that nothing more of them is handed out; and where their runs are, which end
 * with what is recorded kept. What completes all the same counts as complete.
 */
@Injectable()
export class Canceller {
  constructor(
    private readonly runs: RunStarts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Answers the ids of the items that it ended. */
  async cancel(uow: UnitOfWork, plan: StartPlan, wanted: Cancelling): Promise<string[]> {
    const { planId, reason } = wanted;
    const rows = await uow.query<CancelledRow>(CANCEL, [
      planId,
      wanted.branch ?? null,
      wanted.itemIds ?? null,
      wanted.from,
      reason,
      wanted.heldBy,
      this.clock.now(),
    ]);
    const underWay = rows.filter(({ was }) => was === 'queued' || was === 'running');
    const cancels = underWay.map((row): CancelRun => ({
      runId: row.run_id,
      reason,
      start: startOf(planId, plan, row),
      ...(wanted.letCallsEnd && { letCallsEnd: true }),
    }));
    await this.runs.cancel(
      uow,
      cancels.filter(({ start }) => PHASE_OWNER[start!.phase] === 'planner'),
    );
    await this.outbox.add(
      uow,
      WORKING_SERVICES.flatMap((service) =>
        cancels
          .filter(({ start }) => PHASE_OWNER[start!.phase] === service)
          .map((cancel) => outgoing(cancelRunCommandOf(service), cancel)),
      ),
    );
    // What has no run under way tells nothing by itself.
    const still = rows.filter((row) => !underWay.includes(row));
    const details = { reason };
    await this.outbox.add(
      uow,
      itemEvents(planId, plan, still, {
        status: 'Cancelled',
        message: `cancelled: ${reason}`,
        checkpoint: 'cancelled',
        details,
      }),
    );
    return rows.map((row) => row.id);
  }
}
