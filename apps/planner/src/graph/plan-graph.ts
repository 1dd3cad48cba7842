import type { Phase, RunTarget } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { Dispatcher } from './dispatcher';
import { planIds, runIdOf } from './plan-ids';

/** A node to be added. `dependsOn` names items, of the graph or among those added with it. */
export interface NewItem {
  phase: Phase;
  target: RunTarget;
  dependsOn: string[];
}

const ADD_ITEMS = `
  WITH added AS (
  INSERT INTO items (id, plan_id, branch, phase, target, run_id, status, pending)
  SELECT id, $1, $2, phase, target, run_id, 'pending', pending
  FROM unnest($3::text[], $4::text[], $5::jsonb[], $6::text[], $7::int[]) AS added (id, phase, target, run_id, pending)
  ON CONFLICT (id) DO NOTHING RETURNING 1)
  UPDATE plans SET open_items = open_items + (SELECT count(*) FROM added) WHERE id = $1`;
const ADD_DEPENDENCIES = `
  INSERT INTO dependencies (item_id, depends_on) SELECT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT DO NOTHING RETURNING item_id, depends_on`;

/** Locked, so that an item cannot finish between being looked at here and being waited for. */
const LOCK_DEPENDED = `SELECT id, status FROM items WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE`;

const WAIT_MORE = `
  UPDATE items SET pending = pending + more.count
  FROM unnest($1::text[], $2::int[]) AS more (id, count) WHERE items.id = more.id`;

/** The plan graph: nodes, what they wait for, and how it grows. Readiness is a count, never a search. */
@Injectable()
export class PlanGraph {
  constructor(private readonly dispatcher: Dispatcher) {}

  itemId(planId: string, branch: string, phase: Phase, target: RunTarget): string {
    return planIds.item(runIdOf(planId, branch, phase, target));
  }

  /** Adds nodes and hands out those that wait for nothing. Adding what is there already changes nothing. */
  async grow(uow: UnitOfWork, planId: string, branch: string, added: NewItem[]): Promise<void> {
    if (added.length === 0) return;
    const items = added.map((item) => ({ ...item, id: this.itemId(planId, branch, item.phase, item.target) }));
    const own = new Set(items.map((item) => item.id));
    const outside = [...new Set(items.flatMap((item) => item.dependsOn))].filter((id) => !own.has(id));
    const complete = await this.completeAmong(uow, outside);
    await uow.query(ADD_ITEMS, [
      planId,
      branch,
      items.map((item) => item.id),
      items.map((item) => item.phase),
      items.map((item) => JSON.stringify(item.target)),
      items.map((item) => runIdOf(planId, branch, item.phase, item.target)),
      items.map((item) => item.dependsOn.filter((id) => !complete.has(id)).length),
    ]);
    const pairs = items.flatMap((item) => item.dependsOn.map((on) => [item.id, on] as const));
    if (pairs.length > 0) await uow.query(ADD_DEPENDENCIES, [pairs.map(([id]) => id), pairs.map(([, on]) => on)]);
    await this.dispatcher.dispatchReady(uow, planId, branch);
  }

  /** Makes items of the graph that have not begun wait for more. */
  async wait(uow: UnitOfWork, pairs: { itemId: string; dependsOn: string }[]): Promise<void> {
    if (pairs.length === 0) return;
    const complete = await this.completeAmong(uow, [...new Set(pairs.map((pair) => pair.dependsOn))]);
    const fresh = await uow.query<{ item_id: string; depends_on: string }>(ADD_DEPENDENCIES, [
      pairs.map((pair) => pair.itemId),
      pairs.map((pair) => pair.dependsOn),
    ]);
    const more = new Map<string, number>();
    for (const row of fresh) {
      if (!complete.has(row.depends_on)) more.set(row.item_id, (more.get(row.item_id) ?? 0) + 1);
    }
    if (more.size > 0) await uow.query(WAIT_MORE, [[...more.keys()], [...more.values()]]);
  }

  private async completeAmong(uow: UnitOfWork, ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await uow.query<{ id: string; status: string }>(LOCK_DEPENDED, [ids]);
    const missing = ids.filter((id) => !rows.some((row) => row.id === id));
    if (missing.length > 0) throw new Error(`Items cannot wait for ${missing.join(', ')}: not in the graph`);
    return new Set(rows.filter((row) => row.status === 'complete').map((row) => row.id));
  }
}
