import type { LoreStatus } from '@fiction/contracts';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { LoreMetrics } from '../../metrics/lore.metrics';
import { AUTOMATION, REQUIREMENT_COLUMNS, type RequirementRow } from '../requirement.types';
import { Timeline } from '../timeline/timeline';
import { Wakes } from './wakes';

type Changed = RequirementRow & { from_status: LoreStatus };

/** A clock starts with the first item that waits, and is never set back. */
const START = `
  UPDATE requirements r SET blocked_at = w.since, due_at = w.since + r.sla_seconds * interval '1 second',
    status = CASE r.status WHEN 'planned' THEN 'blocked' ELSE r.status END, updated_at = $2
  FROM (SELECT id, branch, status FROM requirements WHERE id = ANY($1::text[]) ORDER BY id, branch FOR UPDATE) b,
    LATERAL (SELECT since, item_id FROM requirement_waits WHERE requirement_id = b.id AND branch = b.branch
      ORDER BY since, item_id LIMIT 1) w
  WHERE r.id = b.id AND r.branch = b.branch AND r.blocked_at IS NULL AND r.status <> 'ready'
  RETURNING ${REQUIREMENT_COLUMNS}, b.status AS from_status, w.item_id`;
const SEEN = `
  UPDATE requirement_waits w SET seen = true FROM requirements r
  WHERE w.requirement_id = ANY($1::text[]) AND NOT w.seen AND r.id = w.requirement_id AND r.branch = w.branch
    AND (r.blocked_at IS NOT NULL OR r.status = 'ready')`;
const UNSEEN = 'SELECT DISTINCT requirement_id AS id FROM requirement_waits WHERE NOT seen LIMIT 500';
/** Of a branch that is paused nothing is due; `held-clocks` gives it the time back when it goes on. */
const GOES = `NOT EXISTS (SELECT 1 FROM held_branches h
  WHERE h.plan_id = requirements.plan_id AND h.branch = requirements.branch)`;
/** Whoever sets `breached_at` has the breach; for everybody else it is not due any more. */
const BREACH = `
  UPDATE requirements r SET breached_at = $1, updated_at = $1, status = CASE
    WHEN r.policy = 'after-sla' AND r.kind = 'entry' AND r.status = 'blocked' THEN 'requested' ELSE r.status END
  FROM (SELECT id, branch, status FROM requirements
    WHERE due_at <= $1 AND breached_at IS NULL AND status <> 'ready' AND ${GOES} ORDER BY due_at, id LIMIT 200 FOR UPDATE) b
  WHERE r.id = b.id AND r.branch = b.branch AND r.breached_at IS NULL AND r.due_at <= $1 AND r.status <> 'ready'
  RETURNING ${REQUIREMENT_COLUMNS}, b.status AS from_status`;
const NEXT = `
  SELECT min(due_at) AS at FROM requirements
  WHERE due_at IS NOT NULL AND breached_at IS NULL AND status <> 'ready' AND ${GOES}`;

/** The clocks of requirements that something waits for. They are rows: no process has to live for one to run down. */
@Injectable()
export class SlaClocks {
  constructor(
    private readonly timeline: Timeline,
    private readonly wakes: Wakes,
    private readonly metrics: LoreMetrics,
    private readonly clock: Clock,
  ) {}

  /** Starts the clocks of those of the requirements that something waits for, on whichever branch. */
  async start(uow: UnitOfWork, requirementIds: readonly string[]): Promise<void> {
    const started = await uow.query<Changed & { item_id: string }>(START, [requirementIds, this.clock.now()]);
    await this.timeline.append(
      uow,
      started.map((row) => ({
        requirement: row,
        from: row.from_status,
        to: row.status,
        by: AUTOMATION,
        note: `${row.item_id} waits for it; due by ${row.due_at!.toISOString()}`,
      })),
    );
    await uow.query(SEEN, [requirementIds]);
  }

  /** A wait and the declaration of what is waited for may be taken down side by side, and not see each other. */
  async startUnseen(uow: UnitOfWork): Promise<void> {
    const unseen = await uow.query<{ id: string }>(UNSEEN);
    if (unseen.length === 0) return;
    await this.start(
      uow,
      unseen.map(({ id }) => id),
    );
  }

  /** Takes down what has been waited for too long, each once, and asks for what its policy wants then. */
  async runDown(uow: UnitOfWork): Promise<RequirementRow[]> {
    const breached = await uow.query<Changed>(BREACH, [this.clock.now()]);
    await this.timeline.append(
      uow,
      breached.map((row) => ({
        requirement: row,
        from: row.from_status,
        to: row.status,
        by: AUTOMATION,
        note: `something has waited for it for more than ${row.sla_seconds} s`,
        slaBreached: true,
      })),
    );
    for (const row of breached) {
      if (row.from_status === 'blocked' && row.status === 'requested') {
        await this.wakes.wake(uow, row, 'sla', AUTOMATION);
      }
    }
    uow.onCommit(() => breached.forEach((row) => this.metrics.breached(row.policy)));
    return breached;
  }

  async next(uow: Pick<UnitOfWork, 'query'>): Promise<Date | null> {
    const [row] = await uow.query<{ at: Date | null }>(NEXT);
    return row?.at ?? null;
  }
}
