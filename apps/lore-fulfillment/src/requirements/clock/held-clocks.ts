import { holdLore, type HoldLore } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AUTOMATION, REQUIREMENT_COLUMNS, type RequirementRow } from '../requirement.types';
import { Timeline } from '../timeline/timeline';
import { LoreTimers } from './lore-timers';

/** One that is older than what is known changes nothing. */
const NEWER = `
  INSERT INTO plan_holds AS h (plan_id, number) VALUES ($1, $2)
  ON CONFLICT (plan_id) DO UPDATE SET number = EXCLUDED.number WHERE h.number < EXCLUDED.number RETURNING plan_id`;
const HOLD = `
  INSERT INTO held_branches (plan_id, branch, since) SELECT $1, unnest($2::text[]), $3
  ON CONFLICT DO NOTHING RETURNING branch`;
const RUNNING = `r.due_at IS NOT NULL AND r.breached_at IS NULL AND r.status <> 'ready'`;
const STOPPED = `
  SELECT ${REQUIREMENT_COLUMNS} FROM requirements r
  WHERE r.plan_id = $1 AND r.branch = ANY($2::text[]) AND ${RUNNING} ORDER BY r.id, r.branch`;
/** A clock has the time left that it had when it came to a stand, or, if it started meanwhile, all of it. */
const LET_GO = `
  WITH freed AS (DELETE FROM held_branches WHERE plan_id = $1 AND branch <> ALL($2::text[]) RETURNING branch, since)
  UPDATE requirements r SET due_at = r.due_at + ($3::timestamptz - greatest(freed.since, r.blocked_at)), updated_at = $3
  FROM freed WHERE r.plan_id = $1 AND r.branch = freed.branch AND ${RUNNING} RETURNING ${REQUIREMENT_COLUMNS}`;

/** Clocks of a plan that is paused, or of a branch that is paused or archived, stand still: nobody waits, so nothing is late and nothing is begun. */
@Injectable()
export class HeldClocks implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly timeline: Timeline,
    private readonly timers: LoreTimers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(holdLore, async (holds, uow) => {
      const byPlan = holds.toSorted(
        (one, other) => one.planId.localeCompare(other.planId) || one.number - other.number,
      );
      for (const hold of byPlan) await this.hold(uow, hold);
    });
  }

  async hold(uow: UnitOfWork, { planId, number, held }: HoldLore): Promise<void> {
    if ((await uow.query(NEWER, [planId, number])).length === 0) return;
    const now = this.clock.now();
    const fresh = await uow.query<{ branch: string }>(HOLD, [planId, held, now]);
    const branches = fresh.map(({ branch }) => branch);
    await this.note(
      uow,
      await uow.query(STOPPED, [planId, branches]),
      () => 'its clock is stopped while its plan or branch is',
    );
    const goingOn = await uow.query<RequirementRow>(LET_GO, [planId, held, now]);
    await this.note(uow, goingOn, (row) => `its clock continues; due by ${row.due_at!.toISOString()}`);
    uow.onCommit(() => this.timers.look());
  }

  private async note(uow: UnitOfWork, rows: RequirementRow[], noteOf: (row: RequirementRow) => string): Promise<void> {
    await this.timeline.append(
      uow,
      rows.map((row) => ({ requirement: row, from: row.status, to: row.status, by: AUTOMATION, note: noteOf(row) })),
    );
  }
}
