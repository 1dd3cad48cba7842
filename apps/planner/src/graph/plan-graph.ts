import { MAIN_BRANCH, type Phase, type RunTarget } from '@fiction/contracts';
import { Clock, type UnitOfWork } from '@fiction/platform';
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
  INSERT INTO items (id, plan_id, branch, phase, target, run_id, status, pending, changed_at)
  SELECT id, $1, $2, phase, target, run_id, CASE WHEN pending = 0 THEN 'ready' ELSE 'pending' END, pending, $8
  FROM unnest($3::text[], $4::text[], $5::jsonb[], $6::text[], $7::int[]) AS added (id, phase, target, run_id, pending)
  ON CONFLICT (id) DO NOTHING RETURNING 1)
  UPDATE branches SET open_items = open_items + (SELECT count(*) FROM added) WHERE plan_id = $1 AND name = $2`;
const ADD_DEPENDENCIES = `
  INSERT INTO dependencies (item_id, depends_on) SELECT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT DO NOTHING RETURNING item_id, depends_on`;

/** Locked, so that an item cannot finish between being looked at here and being waited for. */
const LOCK_DEPENDED = `SELECT id, status FROM items WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE`;

const WAIT_MORE = `
  UPDATE items SET pending = pending + more.count, status = CASE WHEN status = 'ready' THEN 'pending' ELSE status END
  FROM unnest($1::text[], $2::int[]) AS more (id, count) WHERE items.id = more.id`;

/** Of items that a branch other than the first waits for, those that it has or shares: its own before shared ones. */
const VISIBLE = `
  SELECT DISTINCT ON (i.base_id) i.base_id, i.id FROM items i
  WHERE i.plan_id = $1 AND i.base_id = ANY($3::text[]) AND (i.branch = $2
    OR EXISTS (SELECT 1 FROM shared_items s WHERE s.plan_id = $1 AND s.branch = $2 AND s.item_id = i.id))
  ORDER BY i.base_id, i.branch = $2 DESC`;

/** The plan graph: nodes, what they wait for, and how it grows. Readiness is a count, never a search. */
@Injectable()
export class PlanGraph {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly clock: Clock,
  ) {}

  itemId(planId: string, branch: string, phase: Phase, target: RunTarget): string {
    return planIds.item(runIdOf(planId, branch, phase, target));
  }

  /** Adds nodes and hands out those that wait for nothing. Adding what is there already changes nothing. */
  async grow(uow: UnitOfWork, planId: string, branch: string, added: NewItem[]): Promise<void> {
    if (added.length === 0) return;
    const ids = added.map((item) => this.itemId(planId, branch, item.phase, item.target));
    const own = new Set(ids);
    const visible = await this.visible(
      uow,
      planId,
      branch,
      added.flatMap((item) => item.dependsOn).filter((id) => !own.has(id)),
    );
    const items = added.map((item, n) => ({ ...item, id: ids[n]!, dependsOn: item.dependsOn.map(visible) }));
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
      this.clock.now(),
    ]);
    const pairs = items.flatMap((item) => item.dependsOn.map((on) => [item.id, on] as const));
    if (pairs.length > 0) await uow.query(ADD_DEPENDENCIES, [pairs.map(([id]) => id), pairs.map(([, on]) => on)]);
    await this.dispatcher.dispatchReady(uow, planId, branch);
  }

  /** Makes items of a branch that have not begun wait for more. */
  async wait(
    uow: UnitOfWork,
    { planId, branch }: { planId: string; branch: string },
    wanted: { itemId: string; dependsOn: string }[],
  ): Promise<void> {
    if (wanted.length === 0) return;
    const visible = await this.visible(
      uow,
      planId,
      branch,
      wanted.map((pair) => pair.dependsOn),
    );
    const pairs = wanted.map((pair) => ({ ...pair, dependsOn: visible(pair.dependsOn) }));
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

  /** What an id of the branch stands for: the item itself, or the one that the branch shares in its place. */
  private async visible(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    ids: string[],
  ): Promise<(id: string) => string> {
    if (branch === MAIN_BRANCH || ids.length === 0) return (id) => id;
    const bases = [...new Set(ids.map(planIds.base))];
    const rows = await uow.query<{ base_id: string; id: string }>(VISIBLE, [planId, branch, bases]);
    const byBase = new Map(rows.map((row) => [row.base_id, row.id]));
    return (id) => byBase.get(planIds.base(id)) ?? id;
  }

  private async completeAmong(uow: UnitOfWork, ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await uow.query<{ id: string; status: string }>(LOCK_DEPENDED, [ids]);
    const missing = ids.filter((id) => !rows.some((row) => row.id === id));
    if (missing.length > 0) throw new Error(`Items cannot wait for ${missing.join(', ')}: not in the graph`);
    return new Set(rows.filter((row) => row.status === 'complete').map((row) => row.id));
  }
}
