import { actionSourceSchema, wakeLore, type ItemStatus, type WakeLore } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActionLog } from '../backlog/action-log';
import { Dispatcher } from '../graph/dispatcher';
import { planIds, runIdOf } from '../graph/plan-ids';
import { START_COLUMNS, type StartRow } from '../graph/start-of';
import { PlanStatuses } from '../plans/plan-statuses';

interface WokenRow {
  id: string;
  status: ItemStatus;
  awaits_release: boolean;
  /** Ended with its plan or branch, with which it goes on. */
  held_by: string | null;
}

const PLAN = 'SELECT 1 FROM plans WHERE id = $1 FOR NO KEY UPDATE';
const ITEM = `
  SELECT id, status, awaits_release, held_by FROM items
  WHERE id = $1 AND plan_id = $2 AND branch = $3 FOR NO KEY UPDATE`;
const RELEASE = `
  WITH released AS (
    UPDATE items SET awaits_release = false, pending = pending - 1, changed_at = $2
    WHERE id = $1 AND awaits_release RETURNING plan_id, branch)
  UPDATE branches SET open_items = open_items + 1 FROM released
  WHERE branches.plan_id = released.plan_id AND branches.name = released.branch`;
const REMEMBER = `UPDATE items SET woken = true WHERE id = $1`;
/** What waits for more, or is held, goes on by itself; a plan that stands still keeps what is ready. */
const RESUME = `
  UPDATE items SET status = CASE WHEN $2 THEN 'queued' ELSE 'ready' END, reason_code = NULL, status_reason = NULL,
    woken = false, resumption = resumption + 1, changed_at = $3,
    resume_requested_at = CASE WHEN $2 THEN $3::timestamptz END
  WHERE id = $1 AND status IN ('blocked', 'failed', 'cancelled') AND pending = 0 AND held_by IS NULL
  RETURNING ${START_COLUMNS}`;
const FORGET = `UPDATE items SET woken = false WHERE id = $1 AND woken`;

/** Lets the run of a requirement go, or go on, when lore-fulfillment says so. */
@Injectable()
export class LoreWakes implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly log: ActionLog,
    private readonly dispatcher: Dispatcher,
    private readonly statuses: PlanStatuses,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(wakeLore, async (wakes, uow) => {
      // Plan by plan, so that two replicas do not wait for each other.
      const byPlan = wakes.toSorted((one, other) => one.planId.localeCompare(other.planId));
      for (const wake of byPlan) await this.wake(uow, wake);
    });
  }

  /** Commands may come twice, late and in any order: each looks at how things are, and does what is left to do. */
  async wake(uow: UnitOfWork, wake: WakeLore): Promise<void> {
    const { planId, branch } = wake;
    if ((await uow.query(PLAN, [planId])).length === 0) return;
    const [item] = await uow.query<WokenRow>(ITEM, [itemOf(wake), planId, branch]);
    const plan = await this.dispatcher.plan(uow, planId, branch);
    if (item === undefined || plan?.status === 'archived') return;
    if (await this.doWhatIsLeft(uow, wake, item)) {
      const source = actionSourceSchema.catch('automation').parse(wake.source);
      const asked = { action: 'wake-lore', planId, branch, itemId: item.id, actor: wake.actor, source } as const;
      await this.log.record(uow, { ...asked, idempotencyKey: null }, [item.id]);
    }
  }

  /** An item that was woken while it was not known to have stopped goes on, now that it is. */
  async goOn(uow: UnitOfWork, item: { id: string; plan_id: string; branch: string }): Promise<boolean> {
    const { id, plan_id: planId, branch } = item;
    await uow.query(FORGET, [id]);
    const plan = await this.dispatcher.plan(uow, planId, branch);
    if (plan === undefined || plan.status === 'archived') return false;
    const resumed = await uow.query<StartRow>(RESUME, [id, plan.status !== 'paused', this.clock.now()]);
    if (resumed.length === 0) return false;
    if (plan.status !== 'paused') await this.dispatcher.handOut(uow, planId, plan, resumed);
    await this.statuses.goOnWithoutFailures(uow, planId, branch);
    return true;
  }

  private async doWhatIsLeft(uow: UnitOfWork, wake: WakeLore, item: WokenRow): Promise<boolean> {
    const { planId, branch, because, underWay = false } = wake;
    const byTheClock = because === 'sla' || because === 'retry';
    if (item.awaits_release) {
      await uow.query(RELEASE, [item.id, this.clock.now()]);
      await this.statuses.reopen(uow, planId, branch);
      // Whoever asks for what was stopped before its release wants it to go, and asks once.
      if (item.status !== 'cancelled') await this.dispatcher.dispatchAmong(uow, planId, branch, [item.id]);
      else if (!byTheClock) await this.goOn(uow, { id: item.id, plan_id: planId, branch });
      return true;
    }
    switch (item.status) {
      case 'queued':
      case 'running':
        // It may have stopped, and what it was told to wait for may be there: that news can come after this one.
        if (because !== 'sla' && !underWay) await uow.query(REMEMBER, [item.id]);
        return false;
      case 'cancelled':
        // Whoever stopped it is not overruled by a clock.
        return !byTheClock && this.goOn(uow, { id: item.id, plan_id: planId, branch });
      case 'blocked':
      case 'failed':
        return this.goOn(uow, { id: item.id, plan_id: planId, branch });
      default:
        return false;
    }
  }
}

/** The item of the requirement, or that of the scene that contradicts the world: on this branch alone. */
function itemOf({ planId, branch, requirementId, kind, declaredBy }: WakeLore): string {
  return planIds.item(kind === 'contradiction' ? declaredBy : runIdOf(planId, branch, 'lore', { requirementId }));
}
