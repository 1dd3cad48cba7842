import { runFinished, runStarted, waitTold, wordsOf, type RunEvent } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Completions } from '@fiction/runtime';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LORE_NOT_READY } from '../lore/lore-reasons';
import { LoreWakes } from '../lore/lore-wakes';
import { RaisedLore, type StoppedItem } from '../lore/raised-lore';
import { isOverBudget, type Spending } from '../plans/budget';
import { BUDGET_EXCEEDED, BudgetStops } from '../plans/budget-stops';
import { PlanStatuses } from '../plans/plan-statuses';
import { Dispatcher } from './dispatcher';
import { codeOf, lastOfEach, reasonOf, withoutBeginningsOfWaits } from './heard-events';

/**
 * Writes down how items ended; answers what they have cost since they last said. What is complete is so even when the item
 * was cancelled or resumed meanwhile: it is paid for. Any other end counts for the resumption it is of. What was cancelled by
 * itself before it was heard to have failed or to wait stays cancelled: somebody has said so.
 */
export const SETTLE = `
  WITH ended AS (
    SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::float8[],
      $9::bigint[], $11::int[])
      AS e (run_id, revision, resumption, attempt, status, code, reason, cost_usd, tokens, words)),
  before AS (
    SELECT items.id, ended.attempt, ended.words,
      CASE WHEN stays THEN items.status ELSE ended.status END AS status,
      CASE WHEN stays THEN items.reason_code ELSE ended.code END AS code,
      CASE WHEN stays THEN items.status_reason ELSE ended.reason END AS reason,
      greatest(0, ended.cost_usd - items.cost_usd) AS cost_more, greatest(0, ended.tokens - items.tokens) AS tokens_more
    FROM items JOIN ended ON ended.run_id = items.run_id
      CROSS JOIN LATERAL (SELECT items.status = 'cancelled' AND items.held_by IS NULL
        AND ended.status IN ('failed', 'blocked') AS stays) AS said
    WHERE items.revision = ended.revision AND items.status <> 'complete'
      AND (items.resumption = ended.resumption OR ended.status = 'complete')
    ORDER BY items.id FOR NO KEY UPDATE OF items)
  UPDATE items SET
    status = before.status, reason_code = before.code, status_reason = before.reason, changed_at = $10,
    attempts = greatest(items.attempts, before.attempt), resume_requested_at = NULL,
    held_by = CASE
      WHEN before.status = 'cancelled' AND before.code = '${BUDGET_EXCEEDED}' AND items.status <> 'cancelled' THEN 'plan'
      WHEN before.status = 'cancelled' THEN items.held_by END,
    cost_usd = items.cost_usd + before.cost_more, tokens = items.tokens + before.tokens_more,
    words = before.words,
    woken = items.woken AND before.status IN ('failed', 'blocked')
  FROM before WHERE items.id = before.id
  RETURNING items.id, items.plan_id, items.branch, items.phase, items.run_id, items.status, items.reason_code,
    items.target, items.woken, before.cost_more, before.tokens_more`;

/**
 * Counts down at whoever waits for what is complete, and adds to their plans what was spent. A statement of its own, on
 * purpose: its snapshot is taken when the rows of the finished items are locked, so that it sees whoever has begun to
 * wait for them until then.
 */
export const MOVE_ON = `
  WITH settled AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::bigint[], $7::text[])
      AS s (id, plan_id, branch, status, cost_more, tokens_more, phase)),
  counted AS (
    UPDATE items SET pending = items.pending - waiting.count, pending_lore = items.pending_lore - waiting.lore
    FROM (
      SELECT d.item_id, count(*)::int AS count, count(*) FILTER (WHERE s.phase = 'lore')::int AS lore
      FROM dependencies d JOIN settled s ON s.id = d.depends_on
      WHERE s.status = 'complete' GROUP BY d.item_id) AS waiting
    WHERE items.id = waiting.item_id
    RETURNING items.id, items.plan_id, items.branch, items.pending, items.pending_lore),
  spent AS (
    UPDATE plans SET spent_usd = spent_usd + more.cost, spent_tokens = spent_tokens + more.tokens
    FROM (SELECT plan_id, sum(cost_more) AS cost, sum(tokens_more) AS tokens FROM settled GROUP BY plan_id) AS more
    WHERE plans.id = more.plan_id
    RETURNING plans.id, plans.spent_usd, plans.spent_tokens, plans.brief -> 'budget' AS budget),
  closed AS (
    UPDATE branches SET open_items = open_items - more.done
    FROM (
      SELECT plan_id, branch, count(*) FILTER (WHERE status = 'complete')::int AS done
      FROM settled GROUP BY plan_id, branch) AS more
    WHERE branches.plan_id = more.plan_id AND branches.name = more.branch
    RETURNING branches.plan_id, branches.name, branches.open_items)
  SELECT closed.plan_id, closed.name AS branch, closed.open_items, spent.spent_usd, spent.spent_tokens, spent.budget,
    (SELECT array_agg(counted.id ORDER BY counted.id) FROM counted
      WHERE counted.plan_id = closed.plan_id AND counted.branch = closed.name AND counted.pending = counted.pending_lore) AS ready,
    (SELECT min(settled.id) FROM settled
      WHERE settled.plan_id = closed.plan_id AND settled.branch = closed.name AND settled.status = 'failed') AS failed
  FROM closed JOIN spent ON spent.id = closed.plan_id`;

interface SettledItem extends StoppedItem {
  status: string;
  cost_more: number;
  tokens_more: string;
}

interface SettledBranch extends Spending {
  plan_id: string;
  branch: string;
  open_items: number;
  /** Items that now wait for nothing, or for nothing but lore. */
  ready: string[] | null;
  /** An item that failed. */
  failed: string | null;
}

const IS_UNDER_WAY = `items.resumption = e.resumption AND items.status IN ('queued', 'running')`;
/**
 * What was handed out and is begun, or waits for its provider, or goes on after that; what has been cancelled meanwhile
 * stays so. That it waits is told as of the attempt that comes next: the beginning of that attempt changes nothing.
 */
const BEGIN = `
  UPDATE items SET
    status = CASE WHEN ${IS_UNDER_WAY} THEN 'running' ELSE items.status END,
    reason_code = CASE WHEN ${IS_UNDER_WAY} THEN e.code ELSE items.reason_code END,
    status_reason = CASE WHEN ${IS_UNDER_WAY} THEN e.reason ELSE items.status_reason END,
    changed_at = CASE
      WHEN ${IS_UNDER_WAY} AND (items.status = 'queued' OR (items.reason_code IS NULL) <> (e.code IS NULL)) THEN $8
      ELSE items.changed_at END,
    resume_requested_at = CASE WHEN items.resumption > e.resumption THEN items.resume_requested_at END,
    attempts = e.attempt
  FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::boolean[], $6::text[], $7::text[])
    AS e (run_id, revision, resumption, attempt, goes_on, code, reason)
  WHERE items.run_id = e.run_id AND items.revision = e.revision
    AND (items.attempts < e.attempt OR e.goes_on AND items.attempts = e.attempt)`;

/** The lists stand in sub-selects: PostgreSQL would plan the statement anew for each that is short, which costs more than it. */
const TAKE = `
  SELECT 1 FROM plans WHERE id = ANY(ARRAY(SELECT unnest($1::text[]))) AND EXISTS (
    SELECT 1 FROM items WHERE items.plan_id = plans.id AND items.run_id = ANY(ARRAY(SELECT unnest($2::text[])))
      AND items.status <> 'complete')
  ORDER BY id FOR NO KEY UPDATE`;

const ITEM_STATUS: Partial<Record<RunEvent['status'], string>> = {
  Completed: 'complete',
  Failed: 'failed',
  Blocked: 'blocked',
  Cancelled: 'cancelled',
};

/** Hears how runs ended, and moves the graph on; and that they began. */
@Injectable()
export class RunResults implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly dispatcher: Dispatcher,
    private readonly plans: PlanStatuses,
    private readonly raised: RaisedLore,
    private readonly wakes: LoreWakes,
    private readonly budget: BudgetStops,
    private readonly clock: Clock,
    private readonly completions: Completions,
  ) {}

  onModuleInit(): void {
    // What follows a run of the planner's own is handed out in the transaction that completes it. By the bus it is heard of
    // as well, when there is nothing left to do.
    this.completions.listen({
      prepare: (uow, events) => this.take(uow, events),
      completed: (uow, events) => this.settle(uow, events),
    });
    this.handlers.register(runStarted, (news, uow) =>
      this.begin(
        uow,
        news.flatMap((one) => one.events),
      ),
    );
    this.handlers.register(runFinished, async (news, uow) => {
      const events = news.flatMap((one) => one.events);
      if (await this.take(uow, events)) await this.settle(uow, events);
    });
  }

  /** In the order of their ids, so that two replicas do not wait for each other. */
  private async begin(uow: UnitOfWork, events: RunEvent[]): Promise<void> {
    const last = lastOfEach(withoutBeginningsOfWaits(events)).toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
    const waits = (event: RunEvent): boolean => waitTold(event) === true;
    await uow.query(BEGIN, [
      last.map((event) => event.runId),
      last.map((event) => event.revision),
      last.map((event) => event.resumption),
      last.map((event) => event.attempt),
      last.map((event) => waitTold(event) === false),
      last.map((event) => (waits(event) ? codeOf(event) : null)),
      last.map((event) => (waits(event) ? event.message : null)),
      this.clock.now(),
    ]);
  }

  /**
   * Of a plan, one transaction at a time settles what has ended: it has the plan before any of its items. Answers whether
   * anything is open at all.
   */
  private async take(uow: UnitOfWork, events: RunEvent[]): Promise<boolean> {
    const plans = [...new Set(events.map((event) => event.planId))];
    const runs = events.map((event) => event.runId);
    return (await uow.query(TAKE, [plans, runs])).length > 0;
  }

  async settle(uow: UnitOfWork, heard: RunEvent[]): Promise<void> {
    // What the planner has blocked itself it also hears of, maybe long after it has handed it out.
    const events = heard.filter((event) => event.details.reason !== LORE_NOT_READY);
    const last = lastOfEach(events);
    const settled = await uow.query<SettledItem>(SETTLE, [
      last.map((event) => event.runId),
      last.map((event) => event.revision),
      last.map((event) => event.resumption),
      last.map((event) => event.attempt),
      last.map((event) => ITEM_STATUS[event.status] ?? 'blocked'),
      last.map((event) => codeOf(event)),
      last.map((event) => (event.status === 'Completed' ? null : event.message)),
      last.map((event) => event.usage.costUsd),
      last.map((event) => event.usage.inputTokens + event.usage.outputTokens),
      this.clock.now(),
      last.map((event) => wordsOf(event) ?? null),
    ]);
    if (settled.length === 0) return;
    const branches = await uow.query<SettledBranch>(MOVE_ON, [
      settled.map((item) => item.id),
      settled.map((item) => item.plan_id),
      settled.map((item) => item.branch),
      settled.map((item) => item.status),
      settled.map((item) => item.cost_more),
      settled.map((item) => item.tokens_more),
      settled.map((item) => item.phase),
    ]);
    for (const branch of branches) await this.moveOn(uow, branch, events, settled);
    for (const item of settled) {
      const event = last.find((one) => one.runId === item.run_id)!;
      await this.raised.take(uow, item, event);
      if (item.woken) await this.wakes.goOn(uow, item);
    }
  }

  private async moveOn(
    uow: UnitOfWork,
    moved: SettledBranch,
    events: RunEvent[],
    settled: SettledItem[],
  ): Promise<void> {
    const { plan_id: planId, branch, failed } = moved;
    if (failed !== null) await this.plans.fail(uow, planId, branch, reasonOf(failed, events));
    const isOver = isOverBudget(moved);
    if (isOver && (await this.plans.pauseForBudget(uow, planId, moved))) await this.budget.stop(uow, planId);
    await this.dispatcher.dispatchAmong(uow, planId, branch, moved.ready ?? []);
    if (moved.open_items === 0) await this.plans.complete(uow, planId, branch);
    const stopped = settled.filter((item) => item.plan_id === planId && item.branch === branch && isStopped(item));
    if (!isOver) {
      await this.budget.goOn(
        uow,
        planId,
        branch,
        stopped.map((item) => item.id),
      );
    }
  }
}

/** Whether its run has spent what it was allowed. */
function isStopped({ status, reason_code: code }: SettledItem): boolean {
  return status === 'cancelled' && code === BUDGET_EXCEEDED;
}
