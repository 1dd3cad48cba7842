import {
  ITEM_STATUSES,
  MAIN_BRANCH,
  NotFoundError,
  PHASES,
  type BacklogCounts,
  type BacklogItem,
  type ItemStatus,
  type listBacklog,
  type Phase,
  type ReplyOf,
  type RequestOf,
  type StatusCounts,
} from '@fiction/contracts';
import { Database, pageOfRows, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { itemsOfBranch } from '../graph/items-of-branch';
import type { StartPlan } from '../graph/start-of';
import { cursorOf, parseCursor } from './backlog.cursor';
import { joinNeed } from '../lore/visible-need';
import { ITEM_COLUMNS, toBacklogItem, type DependencyRow, type ItemRow } from './backlog-rows';

/** Two statements an order, so that each walks along its own index and stops when the page is full. */
const lists = (scope: string) => {
  const filters = `
    items.plan_id = $1 AND ${scope} AND ($3::text IS NULL OR items.phase = $3)
      AND ($4::text IS NULL OR items.status = $4) AND ($5::text IS NULL OR items.reason_code = $5)
      AND ($6::text IS NULL OR items.id ILIKE $6 OR items.status_reason ILIKE $6)`;
  return {
    newest: `
      SELECT ${ITEM_COLUMNS} FROM items WHERE ${filters}
        AND ($7::timestamptz IS NULL OR (items.changed_at, items.id) < ($7, $8::text))
      ORDER BY items.changed_at DESC, items.id DESC LIMIT $9`,
    graph: `
      SELECT ${ITEM_COLUMNS} FROM items WHERE ${filters}
        AND ($7::text IS NULL OR (items.place COLLATE "C", items.id) > ($7, $8::text))
      ORDER BY items.place COLLATE "C", items.id LIMIT $9`,
    counts: `
      SELECT phase, status, count(*)::int AS count FROM items WHERE plan_id = $1 AND ${scope} GROUP BY phase, status`,
  };
};
/** The first branch shares nothing, and its index serves it alone. */
const OF_MAIN = lists('items.branch = $2');
const OF_FORK = lists(itemsOfBranch('$2'));
export const listsOf = (branch: string): typeof OF_MAIN => (branch === MAIN_BRANCH ? OF_MAIN : OF_FORK);
const DEPENDENCIES = `
  SELECT d.item_id, d.depends_on, i.phase, i.status,
    i.target ->> 'requirementId' AS requirement_id, need.domain, need.name
  FROM dependencies d JOIN items i ON i.id = d.depends_on ${joinNeed('i')}
  WHERE d.item_id = ANY($1::text[]) ORDER BY d.item_id, i.place COLLATE "C", i.id`;
const BRANCH = `
  SELECT b.brief, p.correlation_id FROM plans p JOIN branches b ON b.plan_id = p.id WHERE p.id = $1 AND b.name = $2`;

/** Reads the backlog: the items of a branch with what they wait for. */
@Injectable()
export class BacklogReader {
  constructor(private readonly database: Database) {}

  async list(query: RequestOf<typeof listBacklog>): Promise<ReplyOf<typeof listBacklog>> {
    const { planId, branch, order, limit } = query;
    const plan = await this.plan(planId, branch);
    const [position, id] = parseCursor(order, query.cursor);
    const [rows, counts] = await Promise.all([
      this.database.query<ItemRow>(listsOf(branch)[order], [
        planId,
        branch,
        query.phase ?? null,
        query.status ?? null,
        query.reason ?? null,
        query.text === undefined ? null : `%${query.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
        position,
        id,
        limit + 1,
      ]),
      this.counts(planId, branch),
    ]);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => cursorOf(order, last));
    return {
      items: await this.views(this.database, plan, page),
      nextCursor,
      counts,
    };
  }

  async read(planId: string, itemId: string): Promise<BacklogItem> {
    const [row] = await this.database.query<ItemRow>(
      `SELECT ${ITEM_COLUMNS} FROM items WHERE id = $1 AND plan_id = $2`,
      [itemId, planId],
    );
    if (row === undefined) {
      await this.plan(planId);
      throw new NotFoundError('backlog item', itemId);
    }
    const [view] = await this.views(this.database, await this.plan(planId, row.branch), [row]);
    return view!;
  }

  async counts(planId: string, branch: string): Promise<BacklogCounts> {
    const rows = await this.database.query<{ phase: Phase; status: ItemStatus; count: number }>(
      listsOf(branch).counts,
      [planId, branch],
    );
    return {
      total: rows.reduce((sum, row) => sum + row.count, 0),
      byStatus: countsOf(rows),
      byPhase: PHASES.map((phase) => ({ phase, counts: countsOf(rows.filter((row) => row.phase === phase)) })),
    };
  }

  /** What goes with everything of a branch. @throws NotFoundError for a plan or a branch that is not there. */
  async plan(planId: string, branch?: string): Promise<StartPlan> {
    const [plan] =
      branch === undefined
        ? await this.database.query<StartPlan>('SELECT brief, correlation_id FROM plans WHERE id = $1', [planId])
        : await this.database.query<StartPlan>(BRANCH, [planId, branch]);
    if (plan !== undefined) return plan;
    if (branch !== undefined) await this.plan(planId);
    throw branch === undefined ? new NotFoundError('plan', planId) : new NotFoundError('branch', branch);
  }

  /** Rows as people see them, in their order. */
  async views(uow: Pick<UnitOfWork, 'query'>, plan: StartPlan, rows: ItemRow[]): Promise<BacklogItem[]> {
    const dependencies = await uow.query<DependencyRow>(DEPENDENCIES, [rows.map((row) => row.id)]);
    const byItem = new Map<string, DependencyRow[]>();
    for (const one of dependencies) byItem.set(one.item_id, [...(byItem.get(one.item_id) ?? []), one]);
    return rows.map((row) => toBacklogItem(plan, row, byItem.get(row.id) ?? []));
  }
}

export function countsOf(rows: { status: ItemStatus; count: number }[]): StatusCounts {
  const counts = Object.fromEntries(ITEM_STATUSES.map((status) => [status, 0])) as StatusCounts;
  for (const { status, count } of rows) counts[status] += count;
  return counts;
}
