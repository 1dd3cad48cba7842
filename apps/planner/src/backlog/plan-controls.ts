import {
  DomainError,
  ITEM_STATUSES,
  NotFoundError,
  type ActionReply,
  type cancelBranch,
  type pausePlan,
  type PlanStatus,
  type RequestOf,
  type resumePlan,
  type SettledBrief,
} from '@fiction/contracts';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { BranchArchivedError } from '../branches/branch-archived.error';
import { Dispatcher } from '../graph/dispatcher';
import { START_COLUMNS, type StartPlan, type StartRow } from '../graph/start-of';
import { isOverBudget, SPENDING, overspentOf, type Spending } from '../plans/budget';
import { PlanStatuses } from '../plans/plan-statuses';
import { ActionLog } from './action-log';
import { Canceller } from './canceller';

interface PlanRow extends Spending {
  status: PlanStatus;
  primary_branch: string;
}

interface BranchRow extends StartPlan {
  name: string;
  status: string;
}

const PLAN = `
  SELECT p.status, p.primary_branch, ${SPENDING} FROM plans p WHERE p.id = $1 FOR NO KEY UPDATE`;
const BRANCHES = `
  SELECT b.name, CASE WHEN b.name = p.primary_branch THEN p.status ELSE b.status END AS status, b.brief, p.correlation_id
  FROM branches b JOIN plans p ON p.id = b.plan_id WHERE b.plan_id = $1 ORDER BY b.name`;
/** A resume that named too little has been refused, and its item blocked. A plan has all that such a resume must name. */
const LACKS_METADATA = `(status = 'blocked' AND reason_code = 'METADATA_MISSING')`;
const ANY_LACKS_METADATA = `
  SELECT 1 FROM items i WHERE i.plan_id = $1 AND ${LACKS_METADATA} AND NOT EXISTS (
    SELECT 1 FROM branches b WHERE b.plan_id = i.plan_id AND b.name = i.branch AND b.status = 'archived') LIMIT 1`;
/** What ended with its plan or branch, what failed, and what was resumed in vain; not what somebody ended by itself. */
const RELEASE = `
  UPDATE items SET status = CASE WHEN pending = 0 THEN 'queued' ELSE 'pending' END, reason_code = NULL,
    status_reason = NULL, held_by = NULL, woken = false, resumption = resumption + 1, changed_at = $3,
    resume_requested_at = CASE WHEN pending = 0 THEN $3::timestamptz END
  WHERE plan_id = $1 AND branch = $2
    AND (status = 'failed' OR status = 'cancelled' AND held_by IS NOT NULL OR ${LACKS_METADATA})
  RETURNING ${START_COLUMNS}, status`;
const SET_BUDGET = `UPDATE plans SET brief = jsonb_set(brief, '{budget}', $2::jsonb) WHERE id = $1`;

/** The plan is not in a status that allows it. */
export class PlanStatusError extends DomainError {}

/** Stops and resumes whole plans and branches. */
@Injectable()
export class PlanControls {
  constructor(
    private readonly log: ActionLog,
    private readonly canceller: Canceller,
    private readonly dispatcher: Dispatcher,
    private readonly statuses: PlanStatuses,
    private readonly clock: Clock,
  ) {}

  /** What is under way ends with what is recorded kept, and nothing more is handed out. */
  async pause(query: RequestOf<typeof pausePlan>): Promise<ActionReply> {
    const { planId, actor } = query;
    return this.log.once({ ...query, action: 'pause-plan', branch: null, itemId: null }, async (uow) => {
      const plan = await this.lock(uow, planId);
      const branches = await uow.query<BranchRow>(BRANCHES, [planId]);
      if (plan.status !== 'paused' && !branches.some(({ status }) => status === 'running')) {
        throw new PlanStatusError(
          'PLAN_NOT_RUNNING',
          409,
          `The plan is ${plan.status}; only a running plan can be paused.`,
        );
      }
      await this.statuses.pause(uow, planId, `PAUSED: requested by ${actor}`);
      const reason = `the plan was paused by ${actor}`;
      const ended: string[] = [];
      for (const branch of branches) {
        const wanted = { planId, branch: branch.name, from: ['queued', 'running'], heldBy: 'plan', reason } as const;
        ended.push(...(await this.canceller.cancel(uow, branch, { ...wanted, from: [...wanted.from] })));
      }
      return ended;
    });
  }

  /**
   * Everything that ended with the plan or a branch, has failed or was resumed in vain, goes on: on its recorded steps,
   * with the binding it has. So it is on every branch that is wanted, as a pause stops them all. A higher budget may be
   * given.
   */
  async resume(query: RequestOf<typeof resumePlan>): Promise<ActionReply> {
    const { planId } = query;
    return this.log.once({ ...query, action: 'resume-plan', branch: null, itemId: null }, async (uow) => {
      const plan = await this.lock(uow, planId);
      const branches = await uow.query<BranchRow>(BRANCHES, [planId]);
      const stands = branches.some(({ status }) => status === 'paused' || status === 'failed');
      if (!stands && plan.status !== 'paused' && (await uow.query(ANY_LACKS_METADATA, [planId])).length === 0) {
        const message = `The plan is ${plan.status}; only a plan that is paused or has failed can be resumed.`;
        throw new PlanStatusError('PLAN_NOT_PAUSED', 409, message);
      }
      const spending = await this.keepToBudget(uow, planId, plan, query.budget);
      const wanted = branches.filter(({ status }) => status !== 'archived');
      const released: string[] = [];
      for (const branch of wanted) {
        const rows = await uow.query<StartRow & { status: string }>(RELEASE, [planId, branch.name, this.clock.now()]);
        const queued = rows.filter((row) => row.status === 'queued');
        await this.dispatcher.handOut(uow, planId, { ...branch, ...spending }, queued);
        released.push(...rows.map((row) => row.id));
      }
      await this.statuses.goOn(uow, planId, plan.primary_branch);
      for (const { name } of wanted) {
        await this.statuses.goOnWithBranch(uow, planId, name);
        await this.dispatcher.dispatchReady(uow, planId, name);
      }
      return released;
    });
  }

  /** Ends everything of a branch that is not complete; it goes on when its plan is resumed. */
  async cancelBranch(query: RequestOf<typeof cancelBranch>): Promise<ActionReply> {
    const { planId, branch: name, actor } = query;
    return this.log.once({ ...query, action: 'cancel-branch', itemId: null }, async (uow) => {
      await this.lock(uow, planId);
      const branch = (await uow.query<BranchRow>(BRANCHES, [planId])).find((one) => one.name === name);
      if (branch === undefined) throw new NotFoundError('branch', name);
      if (branch.status === 'archived') throw new BranchArchivedError(name);
      const reason = `branch ${name} was cancelled by ${actor}`;
      await this.statuses.pauseBranch(uow, planId, name, `CANCELLED: ${reason}`);
      const from = ITEM_STATUSES.filter((status) => status !== 'complete' && status !== 'cancelled');
      return this.canceller.cancel(uow, branch, { planId, branch: name, from, heldBy: 'branch', reason });
    });
  }

  /** What the plan has spent against the budget that holds from now on. @throws PlanStatusError when it is spent */
  private async keepToBudget(
    uow: UnitOfWork,
    planId: string,
    { spent_usd, spent_tokens, ...plan }: PlanRow,
    given: RequestOf<typeof resumePlan>['budget'],
  ): Promise<Spending> {
    const budget: SettledBrief['budget'] = {
      usd: given?.usd ?? plan.budget.usd,
      tokens: given?.tokens ?? plan.budget.tokens,
    };
    if (given !== undefined) await uow.query(SET_BUDGET, [planId, JSON.stringify(budget)]);
    const spending = { spent_usd, spent_tokens, budget };
    if (!isOverBudget(spending)) return spending;
    throw new PlanStatusError(
      'BUDGET_EXCEEDED',
      409,
      `${overspentOf(spending)}: resume the plan with a "budget" above what it has spent.`,
      [{ field: 'budget', message: 'must be above what the plan has spent' }],
    );
  }

  private async lock(uow: UnitOfWork, planId: string): Promise<PlanRow> {
    const [plan] = await uow.query<PlanRow>(PLAN, [planId]);
    if (plan === undefined) throw new NotFoundError('plan', planId);
    return plan;
  }
}
