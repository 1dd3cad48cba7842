import { cancelRunCommandOf, PHASE_OWNER, WORKING_SERVICES, type CancelRun } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { Canceller } from '../backlog/canceller';
import { Dispatcher } from '../graph/dispatcher';
import { START_COLUMNS, startOf, type StartPlan, type StartRow } from '../graph/start-of';

/** The code of what ended because its plan has spent its budget. */
export const BUDGET_EXCEEDED = 'BUDGET_EXCEEDED';

const BRANCHES = `
  SELECT b.name, b.brief, p.correlation_id FROM branches b JOIN plans p ON p.id = b.plan_id
  WHERE p.id = $1 ORDER BY b.name`;
const RUNNING = `
  SELECT ${START_COLUMNS} FROM items
  WHERE plan_id = $1 AND branch = $2 AND status = 'running' ORDER BY id FOR NO KEY UPDATE`;
const RELEASE = `
  UPDATE items SET status = 'queued', reason_code = NULL, status_reason = NULL, held_by = NULL,
    resumption = resumption + 1, resume_requested_at = $2, changed_at = $2
  WHERE id = ANY($1::text[]) AND status = 'cancelled' AND held_by = 'plan' RETURNING ${START_COLUMNS}`;

/** Stops what is under way of a plan that has spent its budget, and lets go on what was stopped without need. */
@Injectable()
export class BudgetStops {
  constructor(
    private readonly canceller: Canceller,
    private readonly dispatcher: Dispatcher,
    private readonly runs: RunStarts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What has not begun ends at once; what has begun ends before its next model call, and its item when it tells so. */
  async stop(uow: UnitOfWork, planId: string): Promise<void> {
    for (const branch of await uow.query<StartPlan & { name: string }>(BRANCHES, [planId])) {
      await this.canceller.cancel(uow, branch, {
        planId,
        branch: branch.name,
        from: ['queued'],
        heldBy: 'plan',
        reason: 'the budget of the plan is spent',
        letCallsEnd: true,
      });
      const running = await uow.query<StartRow>(RUNNING, [planId, branch.name]);
      await this.send(
        uow,
        running.map((row) => ({
          runId: row.run_id,
          reason: BUDGET_EXCEEDED,
          start: startOf(planId, branch, row),
          letCallsEnd: true,
        })),
      );
    }
  }

  /** Items whose runs have stopped by themselves, of a plan that has more to spend than they knew. */
  async goOn(uow: UnitOfWork, planId: string, branch: string, itemIds: string[]): Promise<void> {
    if (itemIds.length === 0) return;
    const plan = await this.dispatcher.plan(uow, planId, branch);
    if (plan?.status !== 'running') return;
    await this.dispatcher.handOut(uow, planId, plan, await uow.query<StartRow>(RELEASE, [itemIds, this.clock.now()]));
  }

  private async send(uow: UnitOfWork, cancels: (CancelRun & Required<Pick<CancelRun, 'start'>>)[]): Promise<void> {
    const ofService = (service: string): CancelRun[] =>
      cancels.filter(({ start }) => PHASE_OWNER[start.phase] === service);
    await this.runs.cancel(uow, ofService('planner'));
    await this.outbox.add(
      uow,
      WORKING_SERVICES.flatMap((service) =>
        ofService(service).map((cancel) => outgoing(cancelRunCommandOf(service), cancel)),
      ),
    );
  }
}
