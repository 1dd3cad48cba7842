import { runFinished, type RunEvent } from '@fiction/contracts';
import { MessageHandlers, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PlanStatuses } from '../plans/plan-statuses';
import { Dispatcher } from './dispatcher';

/** Writes down how items ended, and what they have cost since they last said. */
const SETTLE = `
  WITH ended AS (
    SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::float8[], $6::bigint[])
      AS e (run_id, revision, status, reason, cost_usd, tokens)),
  before AS (
    SELECT items.id, items.cost_usd, items.tokens, ended.revision, ended.status, ended.reason,
      ended.cost_usd AS new_cost, ended.tokens AS new_tokens
    FROM items JOIN ended ON ended.run_id = items.run_id
    WHERE items.revision = ended.revision AND items.status <> 'complete'
    ORDER BY items.id FOR NO KEY UPDATE OF items)
  UPDATE items SET
    status = before.status, status_reason = before.reason, changed_at = now(),
    cost_usd = greatest(items.cost_usd, before.new_cost), tokens = greatest(items.tokens, before.new_tokens)
  FROM before WHERE items.id = before.id
  RETURNING items.id, items.plan_id, items.branch, items.status,
    greatest(0, before.new_cost - before.cost_usd) AS cost_more, greatest(0, before.new_tokens - before.tokens) AS tokens_more`;

/** Counts down at whoever waits; answers those that now wait for nothing. */
const COUNT_DOWN = `
  UPDATE items SET pending = items.pending - waiting.count
  FROM (SELECT item_id, count(*)::int AS count FROM dependencies WHERE depends_on = ANY($1::text[]) GROUP BY item_id) AS waiting
  WHERE items.id = waiting.item_id
  RETURNING items.id, items.plan_id, items.pending`;

interface SettledRow {
  id: string;
  plan_id: string;
  branch: string;
  status: string;
  cost_more: number;
  tokens_more: string;
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
    readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.handlers.register(runFinished, (events, uow) => this.settle(uow, events));
  }

  async settle(uow: UnitOfWork, events: RunEvent[]): Promise<void> {
    const last = [...new Map(events.map((event) => [event.runId, event])).values()];
    const settled = await uow.query<SettledRow>(SETTLE, [
      last.map((event) => event.runId),
      last.map((event) => event.revision),
      last.map((event) => ITEM_STATUS[event.status] ?? 'blocked'),
      last.map((event) => (event.status === 'Completed' ? null : event.message)),
      last.map((event) => event.usage.costUsd),
      last.map((event) => event.usage.inputTokens + event.usage.outputTokens),
    ]);
    for (const [planId, rows] of groupBy(settled, (row) => row.plan_id)) {
      await this.settlePlan(uow, planId, rows, events);
    }
  }

  private async settlePlan(uow: UnitOfWork, planId: string, rows: SettledRow[], events: RunEvent[]): Promise<void> {
    await this.plans.spend(uow, planId, {
      usd: sum(rows.map((row) => row.cost_more)),
      tokens: sum(rows.map((row) => Number(row.tokens_more))),
    });
    const failed = rows.find((row) => row.status === 'failed');
    if (failed !== undefined) await this.plans.fail(uow, planId, reasonOf(failed, events));

    const complete = rows.filter((row) => row.status === 'complete').map((row) => row.id);
    if (complete.length === 0) return;
    const waiting = await uow.query<{ id: string; pending: number }>(COUNT_DOWN, [complete]);
    const ready = waiting.filter((row) => row.pending === 0).map((row) => row.id);
    await this.dispatcher.dispatchAmong(uow, planId, ready);
    if (waiting.length === 0) await this.plans.completeIfDone(uow, planId);
  }
}

function reasonOf(row: SettledRow, events: RunEvent[]): string {
  const event = events.find((candidate) => candidate.metadata.backlogItemId === row.id);
  if (event === undefined) return `${row.id} failed`;
  const { chapter, scene } = event.details;
  const place =
    chapter === undefined
      ? ''
      : ` ${scene === undefined ? `of chapter ${String(chapter)}` : `${String(chapter)}.${String(scene)}`}`;
  return `${event.phase}${place} failed: ${event.message}`;
}

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
