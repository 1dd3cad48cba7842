import type { LoreStatus, WorldEntryDraft } from '@fiction/contracts';
import { Clock, storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { LoreAlerts } from '../clock/lore-alerts';
import { LoreMetrics } from '../../metrics/lore.metrics';
import { REQUIREMENT_COLUMNS, type Mover, type RequirementRow } from '../requirement.types';
import { Timeline } from './timeline';

/** A step in the life of a requirement. */
export interface Move {
  requirementId: string;
  branch: string;
  to: LoreStatus;
  /** Left out: whatever its status is, unless it is ready. */
  from?: LoreStatus[];
  by: Mover;
  note?: string;
  /** The run that moves it, as its metadata names it. */
  run?: { runId: string; conversationId: string; backlogItemId: string };
  entryId?: string;
  waived?: boolean;
  draft?: { number: number; entry: WorldEntryDraft };
}

type MovedRow = RequirementRow & { from_status: LoreStatus; breaches: boolean; alerted_resumption: number | null };

/** For a clock that stands still it is still the moment at which it came to a stand. */
const NOW = `coalesce((SELECT h.since FROM held_branches h WHERE h.plan_id = r.plan_id AND h.branch = r.branch), $4)`;
/** A requirement that is ready stays ready. One that gets there after its time has breached its SLA, if nobody saw it. */
const MOVE = `
  WITH before AS (
    SELECT id, branch, status, breached_at FROM requirements WHERE id = $1 AND branch = $2 FOR UPDATE)
  UPDATE requirements r SET status = $3, updated_at = $4, run_id = coalesce($5, r.run_id),
    conversation_id = coalesce($6, r.conversation_id), backlog_item_id = coalesce($7, r.backlog_item_id),
    entry_id = coalesce($8, r.entry_id), waived = r.waived OR $9, draft = coalesce($10::jsonb, r.draft),
    draft_number = coalesce($11, r.draft_number),
    breached_at = CASE WHEN $3 = 'ready' AND r.due_at <= ${NOW} THEN coalesce(r.breached_at, $4) ELSE r.breached_at END
  FROM before b
  WHERE r.id = b.id AND r.branch = b.branch AND b.status <> 'ready' AND ($12::text[] IS NULL OR b.status = ANY($12))
  RETURNING ${REQUIREMENT_COLUMNS}, r.alerted_resumption, b.status AS from_status,
    b.breached_at IS NULL AND r.breached_at IS NOT NULL AS breaches`;

/** Moves requirements on, and has it written down and told in the same transaction. */
@Injectable()
export class RequirementMoves {
  constructor(
    private readonly timeline: Timeline,
    private readonly alerts: LoreAlerts,
    private readonly metrics: LoreMetrics,
    private readonly clock: Clock,
  ) {}

  /** The requirement as it is then; nothing when it was not to be moved. */
  async move(uow: UnitOfWork, move: Move): Promise<RequirementRow | undefined> {
    const { requirementId, branch, to, from, by, note, run, entryId, waived, draft } = move;
    const now = this.clock.now();
    const [moved] = await uow.query<MovedRow>(MOVE, [
      requirementId,
      branch,
      to,
      now,
      run?.runId ?? null,
      run?.conversationId ?? null,
      run?.backlogItemId ?? null,
      entryId ?? null,
      waived ?? false,
      draft === undefined ? null : storableJson(draft.entry),
      draft?.number ?? null,
      from ?? null,
    ]);
    if (moved === undefined) return undefined;
    await this.timeline.append(uow, [
      {
        requirement: moved,
        from: moved.from_status,
        to,
        by,
        runId: run?.runId ?? null,
        note: note ?? null,
        slaBreached: moved.breaches,
      },
    ]);
    if (to === 'ready') await this.fulfilled(uow, moved, now);
    return moved;
  }

  private async fulfilled(uow: UnitOfWork, moved: MovedRow, now: Date): Promise<void> {
    if (moved.alerted_resumption !== null) await this.alerts.close(uow, moved);
    uow.onCommit(() => this.metrics.fulfilled(moved, now));
    if (moved.breaches) uow.onCommit(() => this.metrics.breached(moved.policy));
  }
}
