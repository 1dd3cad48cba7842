import { wakeLore, type WakeLore } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { AUTOMATION, REQUIREMENT_COLUMNS, type Mover, type RequirementRow } from '../requirement.types';

/** When a run that was to go on is asked for again, if nothing was heard of it; doubles every time. */
const AGAIN_AFTER_MS = 5_000;
/** How often in all. A contradiction has no run to be heard of: its scene is asked for a few times and left alone. */
const MOST_WAKES = 10;
const MOST_WAKES_OF_CONTRADICTION = 3;

const ASKED = `
  UPDATE requirements SET wake_because = $3, wakes = 1, wake_due_at = $4 WHERE id = $1 AND branch = $2`;
const TAKEN = `
  UPDATE requirements SET wake_because = NULL, wakes = 0, wake_due_at = NULL
  WHERE id = $1 AND branch = $2 AND wake_due_at IS NOT NULL`;
/** One replica changes the row; for the others it is not due any more. What is under way has been woken. */
const ASKED_AGAIN = `
  UPDATE requirements r SET wakes = r.wakes + 1, wake_due_at = CASE
    WHEN r.wakes + 1 >= CASE r.kind WHEN 'entry' THEN ${MOST_WAKES} ELSE ${MOST_WAKES_OF_CONTRADICTION} END THEN NULL
    ELSE $1::timestamptz + ${AGAIN_AFTER_MS} * interval '1 millisecond' * power(2, r.wakes) END
  FROM (SELECT id, branch FROM requirements WHERE wake_due_at <= $1 ORDER BY wake_due_at, id LIMIT 200 FOR UPDATE) due
  WHERE r.id = due.id AND r.branch = due.branch AND r.wake_due_at <= $1
  RETURNING ${REQUIREMENT_COLUMNS}, r.wake_because,
    (SELECT status FROM runs WHERE runs.id = r.run_id) AS run_status`;
const NEXT = 'SELECT min(wake_due_at) AS at FROM requirements WHERE wake_due_at IS NOT NULL';

/**
 * Asks the planner to let a requirement's run go on. The planner leaves alone what is under way, and may not have heard
 * yet that it has stopped: what nothing is heard of is asked for again.
 */
@Injectable()
export class Wakes {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async wake(uow: UnitOfWork, requirement: RequirementRow, because: WakeLore['because'], by: Mover): Promise<void> {
    const { id, branch } = requirement;
    await uow.query(ASKED, [id, branch, because, new Date(this.clock.now().getTime() + AGAIN_AFTER_MS)]);
    await this.send(uow, requirement, because, by);
  }

  /** The run has gone on, and knows what it was woken for. */
  async taken(uow: UnitOfWork, requirementId: string, branch: string): Promise<void> {
    await uow.query(TAKEN, [requirementId, branch]);
  }

  /** Wakes again what is due. */
  async wakeAgain(uow: UnitOfWork): Promise<void> {
    const rows = await uow.query<RequirementRow & { wake_because: WakeLore['because']; run_status: string | null }>(
      ASKED_AGAIN,
      [this.clock.now()],
    );
    for (const row of rows) {
      if (row.run_status === 'queued' || row.run_status === 'running') continue;
      await this.send(uow, row, row.wake_because, AUTOMATION);
    }
  }

  async next(uow: Pick<UnitOfWork, 'query'>): Promise<Date | null> {
    const [row] = await uow.query<{ at: Date | null }>(NEXT);
    return row?.at ?? null;
  }

  private async send(
    uow: UnitOfWork,
    { id, plan_id, branch, kind, source }: RequirementRow,
    because: WakeLore['because'],
    by: Mover,
  ): Promise<void> {
    const body = { planId: plan_id, branch, requirementId: id, kind, because, ...by, declaredBy: source };
    await this.outbox.add(uow, [outgoing(wakeLore, body)]);
  }
}
