import {
  NotFoundError,
  roundUsd,
  type Branch,
  type compareBranches,
  type readColophon,
  type ReplyOf,
  type RequestOf,
  type SettledBrief,
} from '@fiction/contracts';
import { Database, pageOfRows, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { parseCursor } from '../backlog/backlog.cursor';
import { BranchArchivedError } from './branch-archived.error';
import { itemsOfBranch } from '../graph/items-of-branch';

interface BranchRow {
  name: string;
  parent: string | null;
  fork_item: string | null;
  is_primary: boolean;
  status: Branch['status'];
  status_reason: string | null;
  created_by: string;
  created_at: Date;
  open_items: number;
  own: number;
  shared: number;
  cost_usd: number;
  tokens: string;
}

interface ChosenRow {
  name: string | null;
  is_archived: boolean;
}

type Credit = ReplyOf<typeof readColophon>['credits'][number];
type Compared = ReplyOf<typeof compareBranches>['items'][number];

interface ComparedRow {
  base_id: string;
  place: string;
  phase: Compared['phase'];
  target: Compared['target'];
  same: boolean;
  left: Compared['left'];
  right: Compared['right'];
}

const BRANCHES = `
  SELECT b.name, b.parent, b.fork_item, b.name = p.primary_branch AS is_primary,
    CASE WHEN b.name = p.primary_branch OR (p.status = 'paused' AND b.status = 'running') THEN p.status ELSE b.status END
      AS status,
    CASE WHEN b.name = p.primary_branch OR (p.status = 'paused' AND b.status = 'running') THEN p.status_reason
      ELSE b.status_reason END AS status_reason,
    b.created_by, b.created_at, b.open_items, own.count AS own, own.cost_usd, own.tokens,
    (SELECT count(*)::int FROM shared_items s WHERE s.plan_id = b.plan_id AND s.branch = b.name) AS shared
  FROM branches b JOIN plans p ON p.id = b.plan_id,
    LATERAL (SELECT count(*)::int AS count, coalesce(sum(cost_usd), 0) AS cost_usd, coalesce(sum(tokens), 0) AS tokens
      FROM items WHERE items.plan_id = b.plan_id AND items.branch = b.name) own
  WHERE b.plan_id = $1 AND ($2::text IS NULL OR b.name = $2) ORDER BY b.created_at, b.name`;

/** The budget is the plan's, whatever it was when the branch was made. */
const BRIEF = `
  SELECT b.brief || jsonb_build_object('budget', p.brief -> 'budget') AS brief
  FROM plans p JOIN branches b ON b.plan_id = p.id WHERE p.id = $1 AND b.name = $2`;
const CREDITS = `
  SELECT DISTINCT items.phase AS work, made.binding ->> 'provider' AS provider, made.binding ->> 'model' AS model
  FROM items JOIN branches b ON b.plan_id = items.plan_id AND b.name = items.branch
    CROSS JOIN LATERAL (SELECT coalesce(items.binding, b.brief -> 'bindings' -> items.phase) AS binding) made
  WHERE items.plan_id = $1 AND ${itemsOfBranch('$2')} AND items.phase <> 'scene' AND items.status = 'complete'
  ORDER BY work, provider, model`;

const CHOSEN = `
  SELECT b.name, b.status = 'archived' AS is_archived FROM plans p LEFT JOIN branches b ON b.plan_id = p.id AND b.name = coalesce($2, p.primary_branch)
  WHERE p.id = $1`;

const side = (branch: string): string => `
  SELECT items.base_id, items.id, items.run_id, items.status, items.phase, items.target, items.place FROM items
  WHERE items.plan_id = $1 AND (items.branch = ${branch} OR items.id IN (
    SELECT item_id FROM shared_items WHERE shared_items.plan_id = $1 AND shared_items.branch = ${branch}))`;
const COMPARE = `
  SELECT coalesce(l.base_id, r.base_id) AS base_id, coalesce(l.phase, r.phase) AS phase,
    coalesce(l.target, r.target) AS target, coalesce(l.place, r.place) AS place, l.id IS NOT DISTINCT FROM r.id AS same,
    CASE WHEN l.id IS NOT NULL THEN json_build_object('itemId', l.id, 'runId', l.run_id, 'status', l.status) END AS left,
    CASE WHEN r.id IS NOT NULL THEN json_build_object('itemId', r.id, 'runId', r.run_id, 'status', r.status) END AS right
  FROM (${side('$2')}) l FULL JOIN (${side('$3')}) r ON r.base_id = l.base_id
  WHERE (NOT $4 OR l.id IS DISTINCT FROM r.id)
    AND ($5::text IS NULL OR (coalesce(l.place, r.place) COLLATE "C", coalesce(l.base_id, r.base_id)) > ($5, $6::text))
  ORDER BY coalesce(l.place, r.place) COLLATE "C", coalesce(l.base_id, r.base_id) LIMIT $7`;

/** Reads what branches a plan has, and how two of them differ. */
@Injectable()
export class BranchesReader {
  constructor(private readonly database: Database) {}

  async list(planId: string): Promise<Branch[]> {
    const rows = await this.database.query<BranchRow>(BRANCHES, [planId, null]);
    if (rows.length === 0) throw new NotFoundError('plan', planId);
    return rows.map(toBranch);
  }

  /** The branch that is named, or else the primary one. @throws PLAN_NOT_FOUND, BRANCH_NOT_FOUND */
  async choose(planId: string, named: string | undefined): Promise<string> {
    return (await this.chosen(planId, named)).name;
  }

  /** The same, if anything may be written on it. @throws PLAN_NOT_FOUND, BRANCH_NOT_FOUND, BRANCH_ARCHIVED */
  async chooseToWrite(planId: string, named: string | undefined): Promise<string> {
    const { name, is_archived } = await this.chosen(planId, named);
    if (is_archived) throw new BranchArchivedError(name);
    return name;
  }

  async read(planId: string, name: string, uow: Pick<UnitOfWork, 'query'> = this.database): Promise<Branch> {
    const [row] = await uow.query<BranchRow>(BRANCHES, [planId, name]);
    if (row !== undefined) return toBranch(row);
    await this.list(planId);
    throw new NotFoundError('branch', name);
  }

  /** Whose book a branch's is, and who made what comes before its scenes. @throws PLAN_NOT_FOUND, BRANCH_NOT_FOUND */
  async colophon({ planId, branch }: RequestOf<typeof readColophon>): Promise<ReplyOf<typeof readColophon>> {
    const [row] = await this.database.query<{ brief: SettledBrief }>(BRIEF, [
      planId,
      await this.choose(planId, branch),
    ]);
    const credits = await this.database.query<Credit>(CREDITS, [planId, branch]);
    return { brief: row!.brief, credits };
  }

  private async chosen(planId: string, named: string | undefined): Promise<{ name: string; is_archived: boolean }> {
    const [row] = await this.database.query<ChosenRow>(CHOSEN, [planId, named ?? null]);
    if (row === undefined) throw new NotFoundError('plan', planId);
    if (row.name === null) throw new NotFoundError('branch', named!);
    return { ...row, name: row.name };
  }

  async compare(query: RequestOf<typeof compareBranches>): Promise<ReplyOf<typeof compareBranches>> {
    const { planId, limit } = query;
    const [left, right] = [await this.read(planId, query.left), await this.read(planId, query.right)];
    const [place, id] = parseCursor('graph', query.cursor);
    const rows = await this.database.query<ComparedRow>(COMPARE, [
      planId,
      left.name,
      right.name,
      query.differing,
      place,
      id,
      limit + 1,
    ]);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => `g_${last.place}_${last.base_id}`);
    return {
      items: page.map(({ phase, target, same, left: l, right: r }) => ({ phase, target, same, left: l, right: r })),
      nextCursor,
      left,
      right,
    };
  }
}

function toBranch(row: BranchRow): Branch {
  return {
    name: row.name,
    parent: row.parent,
    forkItem: row.fork_item,
    primary: row.is_primary,
    status: row.status,
    statusReason: row.status_reason,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    items: { own: row.own, open: row.open_items, shared: row.shared },
    costUsd: roundUsd(row.cost_usd),
    tokens: Number(row.tokens),
  };
}
