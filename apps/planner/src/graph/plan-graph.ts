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
  /** Lore that is not handed out before its release. */
  awaitsRelease?: boolean;
}

/** Lore that awaits its release is nothing the book must have: whatever needs it waits for it and is open itself. */
const ADD_ITEMS = `
  WITH added AS (
  INSERT INTO items (id, plan_id, branch, phase, target, run_id, status, pending, pending_lore, awaits_release,
    changed_at)
  SELECT id, $1, $2, phase, target, run_id, CASE WHEN pending = 0 THEN 'ready' ELSE 'pending' END, pending, pending_lore,
    awaits_release, $10
  FROM unnest($3::text[], $4::text[], $5::jsonb[], $6::text[], $7::int[], $8::int[], $9::boolean[])
    AS added (id, phase, target, run_id, pending, pending_lore, awaits_release)
  ON CONFLICT (id) DO NOTHING RETURNING awaits_release)
  UPDATE branches SET open_items = open_items + (SELECT count(*) FROM added WHERE NOT awaits_release)
  WHERE plan_id = $1 AND name = $2`;
const ADD_DEPENDENCIES = `
  INSERT INTO dependencies (item_id, depends_on) SELECT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT DO NOTHING RETURNING item_id, depends_on`;

/** Locked, so that an item cannot finish between being looked at here and being waited for. */
const LOCK_DEPENDED = `SELECT id, status, phase FROM items WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE`;

const WAIT_MORE = `
  UPDATE items SET pending = pending + more.count, pending_lore = pending_lore + more.lore,
    status = CASE WHEN status = 'ready' THEN 'pending' ELSE status END
  FROM unnest($1::text[], $2::int[], $3::int[]) AS more (id, count, lore) WHERE items.id = more.id`;

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
    const items = added.map((item, n) => ({
      ...item,
      id: ids[n]!,
      dependsOn: [...new Set(item.dependsOn.map(visible))],
    }));
    const outside = [...new Set(items.flatMap((item) => item.dependsOn))].filter((id) => !own.has(id));
    const open = await this.openAmong(uow, outside);
    for (const item of items) open.set(item.id, item.phase);
    const waits = items.map((item) => waitsFor(item.dependsOn, open));
    await uow.query(ADD_ITEMS, [
      planId,
      branch,
      items.map((item) => item.id),
      items.map((item) => item.phase),
      items.map((item) => JSON.stringify(item.target)),
      items.map((item) => runIdOf(planId, branch, item.phase, item.target)),
      items.map((item, n) => waits[n]!.count + (item.awaitsRelease ? 1 : 0)),
      waits.map(({ lore }) => lore),
      items.map((item) => item.awaitsRelease ?? false),
      this.clock.now(),
    ]);
    const pairs = items.flatMap((item) => item.dependsOn.map((on) => [item.id, on] as const));
    if (pairs.length > 0) await uow.query(ADD_DEPENDENCIES, [pairs.map(([id]) => id), pairs.map(([, on]) => on)]);
    await this.dispatcher.dispatchReady(uow, planId, branch);
  }

  /** Makes items of a branch wait for more; answers those that have more to wait for now. */
  async wait(
    uow: UnitOfWork,
    { planId, branch }: { planId: string; branch: string },
    wanted: { itemId: string; dependsOn: string }[],
  ): Promise<string[]> {
    if (wanted.length === 0) return [];
    const visible = await this.visible(
      uow,
      planId,
      branch,
      wanted.map((pair) => pair.dependsOn),
    );
    const pairs = wanted.map((pair) => ({ ...pair, dependsOn: visible(pair.dependsOn) }));
    const open = await this.openAmong(uow, [...new Set(pairs.map((pair) => pair.dependsOn))]);
    const fresh = await uow.query<{ item_id: string; depends_on: string }>(ADD_DEPENDENCIES, [
      pairs.map((pair) => pair.itemId),
      pairs.map((pair) => pair.dependsOn),
    ]);
    const more = new Map<string, string[]>();
    for (const row of fresh.filter(({ depends_on: on }) => open.has(on))) {
      more.set(row.item_id, [...(more.get(row.item_id) ?? []), row.depends_on]);
    }
    const ids = [...more.keys()].toSorted();
    const waits = ids.map((id) => waitsFor(more.get(id)!, open));
    if (ids.length > 0) {
      await uow.query(WAIT_MORE, [ids, waits.map(({ count }) => count), waits.map(({ lore }) => lore)]);
    }
    return ids;
  }

  /** Those of the items that the branch has or shares, under the ids of what they stand for. */
  async known(uow: UnitOfWork, planId: string, branch: string, ids: string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await uow.query<{ id: string }>(VISIBLE, [planId, branch, [...new Set(ids.map(planIds.base))]]);
    return rows.map((row) => row.id);
  }

  /** What an id of the branch stands for: the item itself, or the one that the branch shares in its place. */
  async visible(uow: UnitOfWork, planId: string, branch: string, ids: string[]): Promise<(id: string) => string> {
    if (branch === MAIN_BRANCH || ids.length === 0) return (id) => id;
    const bases = [...new Set(ids.map(planIds.base))];
    const rows = await uow.query<{ base_id: string; id: string }>(VISIBLE, [planId, branch, bases]);
    const byBase = new Map(rows.map((row) => [row.base_id, row.id]));
    return (id) => byBase.get(planIds.base(id)) ?? id;
  }

  /** Those of the items that are not complete, with their phases. */
  private async openAmong(uow: UnitOfWork, ids: string[]): Promise<Map<string, Phase>> {
    if (ids.length === 0) return new Map();
    const rows = await uow.query<{ id: string; status: string; phase: Phase }>(LOCK_DEPENDED, [ids]);
    const missing = ids.filter((id) => !rows.some((row) => row.id === id));
    if (missing.length > 0) throw new Error(`Items cannot wait for ${missing.join(', ')}: not in the graph`);
    return new Map(rows.filter((row) => row.status !== 'complete').map((row) => [row.id, row.phase]));
  }
}

/** How many of `ids` are open, and how many of these establish lore. */
function waitsFor(ids: string[], open: Map<string, Phase>): { count: number; lore: number } {
  const phases = ids.flatMap((id) => open.get(id) ?? []);
  return { count: phases.length, lore: phases.filter((phase) => phase === 'lore').length };
}
