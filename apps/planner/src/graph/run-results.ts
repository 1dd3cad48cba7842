import { runFinished, type RunEvent } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PlanStatuses, type Spending } from '../plans/plan-statuses';
import { Dispatcher } from './dispatcher';

/** Writes down how items ended; answers what they have cost since they last said. */
const SETTLE = `
  WITH ended AS (
    SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::float8[], $6::bigint[])
      AS e (run_id, revision, status, reason, cost_usd, tokens)),
  before AS (
    SELECT items.id, ended.status, ended.reason,
      greatest(0, ended.cost_usd - items.cost_usd) AS cost_more, greatest(0, ended.tokens - items.tokens) AS tokens_more
    FROM items JOIN ended ON ended.run_id = items.run_id
    WHERE items.revision = ended.revision AND items.status <> 'complete'
    ORDER BY items.id FOR NO KEY UPDATE OF items)
  UPDATE items SET
    status = before.status, status_reason = before.reason, changed_at = now(),
    cost_usd = items.cost_usd + before.cost_more, tokens = items.tokens + before.tokens_more
  FROM before WHERE items.id = before.id
  RETURNING items.id, items.plan_id, items.status, before.cost_more, before.tokens_more`;

/**
 * Counts down at whoever waits for what is complete, and adds to their plans what was spent. A statement of its own, on
 * purpose: its snapshot is taken when the rows of the finished items are locked, so that it sees whoever has begun to
 * wait for them until then.
 */
const MOVE_ON = `
  WITH settled AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::bigint[])
      AS s (id, plan_id, status, cost_more, tokens_more)),
  counted AS (
    UPDATE items SET pending = items.pending - waiting.count
    FROM (
      SELECT item_id, count(*)::int AS count FROM dependencies
      WHERE depends_on IN (SELECT id FROM settled WHERE status = 'complete') GROUP BY item_id) AS waiting
    WHERE items.id = waiting.item_id
    RETURNING items.id, items.plan_id, items.pending),
  spent AS (
    UPDATE plans SET
      spent_usd = spent_usd + more.cost, spent_tokens = spent_tokens + more.tokens, open_items = open_items - more.done
    FROM (
      SELECT plan_id, sum(cost_more) AS cost, sum(tokens_more) AS tokens,
        count(*) FILTER (WHERE status = 'complete')::int AS done
      FROM settled GROUP BY plan_id) AS more
    WHERE plans.id = more.plan_id
    RETURNING plans.id, plans.open_items, plans.spent_usd, plans.spent_tokens, plans.brief -> 'budget' AS budget)
  SELECT spent.id AS plan_id, spent.open_items, spent.spent_usd, spent.spent_tokens, spent.budget,
    (SELECT array_agg(counted.id ORDER BY counted.id) FROM counted
      WHERE counted.plan_id = spent.id AND counted.pending = 0) AS ready,
    (SELECT min(settled.id) FROM settled WHERE settled.plan_id = spent.id AND settled.status = 'failed') AS failed
  FROM spent`;

interface SettledItem {
  id: string;
  plan_id: string;
  status: string;
  cost_more: number;
  tokens_more: string;
}

interface SettledPlan extends Spending {
  plan_id: string;
  open_items: number;
  /** Items that now wait for nothing. */
  ready: string[] | null;
  /** An item that failed. */
  failed: string | null;
}

const ITEM_STATUS: Partial<Record<RunEvent['status'], string>> = {
  Completed: 'complete',
  Failed: 'failed',
  Blocked: 'blocked',
  Cancelled: 'cancelled',
};

/** Hears how runs ended, and moves the graph on. */
@Injectable()
export class RunResults implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly dispatcher: Dispatcher,
    private readonly plans: PlanStatuses,
  ) {}

  onModuleInit(): void {
    this.handlers.register(runFinished, (news, uow) =>
      this.settle(
        uow,
        news.flatMap((one) => one.events),
      ),
    );
  }

  async settle(uow: UnitOfWork, events: RunEvent[]): Promise<void> {
    const last = [...new Map(events.map((event) => [event.runId, event])).values()];
    const settled = await uow.query<SettledItem>(SETTLE, [
      last.map((event) => event.runId),
      last.map((event) => event.revision),
      last.map((event) => ITEM_STATUS[event.status] ?? 'blocked'),
      last.map((event) => (event.status === 'Completed' ? null : event.message)),
      last.map((event) => event.usage.costUsd),
      last.map((event) => event.usage.inputTokens + event.usage.outputTokens),
    ]);
    if (settled.length === 0) return;
    const plans = await uow.query<SettledPlan>(MOVE_ON, [
      settled.map((item) => item.id),
      settled.map((item) => item.plan_id),
      settled.map((item) => item.status),
      settled.map((item) => item.cost_more),
      settled.map((item) => item.tokens_more),
    ]);
    for (const plan of plans) await this.moveOn(uow, plan, events);
  }

  private async moveOn(uow: UnitOfWork, plan: SettledPlan, events: RunEvent[]): Promise<void> {
    if (plan.failed !== null) await this.plans.fail(uow, plan.plan_id, reasonOf(plan.failed, events));
    await this.plans.keepToBudget(uow, plan.plan_id, plan);
    await this.dispatcher.dispatchAmong(uow, plan.plan_id, plan.ready ?? []);
    if (plan.open_items === 0) await this.plans.complete(uow, plan.plan_id);
  }
}

function reasonOf(itemId: string, events: RunEvent[]): string {
  const event = events.find((candidate) => candidate.metadata.backlogItemId === itemId);
  if (event === undefined) return `${itemId} failed`;
  const { chapter, scene } = event.details;
  const place =
    chapter === undefined
      ? ''
      : ` ${scene === undefined ? `of chapter ${String(chapter)}` : `${String(chapter)}.${String(scene)}`}`;
  return `${event.phase}${place} failed: ${event.message}`;
}
