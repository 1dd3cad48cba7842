import {
  DomainError,
  FORK_PART_RUNS,
  forkBranchCommandOf,
  ITEM_STATUSES,
  NotFoundError,
  WORKING_SERVICES,
  type adoptBranch,
  type archiveBranch,
  type Branch,
  type BranchChanges,
  type forkBranch,
  type ForkBranch,
  type ItemStatus,
  type Phase,
  type RequestOf,
  type RunTarget,
} from '@fiction/contracts';
import { ModelClient } from '@fiction/llm';
import { outgoing, Outbox } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { ActionLog, type Asked } from '../backlog/action-log';
import { Canceller } from '../backlog/canceller';
import { itemsOfBranch } from '../graph/items-of-branch';
import { PlanGraph } from '../graph/plan-graph';
import { planIds } from '../graph/plan-ids';
import { checkSupplied, ForkedLore } from './forked-lore';
import { HeldBranches } from '../plans/held-branches';
import { PlanStatuses } from '../plans/plan-statuses';
import { BranchArchivedError } from './branch-archived.error';
import { BranchesReader } from './branches.reader';
import { forkGraph, type ForkNode } from './fork-graph';
import { settleChanges, type ForkSource } from './settle-changes';

interface PlanRow {
  status: Branch['status'];
  status_reason: string | null;
  primary_branch: string;
  correlation_id: string;
}

interface SourceRow extends ForkSource {
  status: Branch['status'];
  status_reason: string | null;
}

const PLAN = `SELECT status, status_reason, primary_branch, correlation_id FROM plans WHERE id = $1 FOR NO KEY UPDATE`;
const BRANCH = `SELECT brief, directions, status, status_reason FROM branches WHERE plan_id = $1 AND name = $2 FOR NO KEY UPDATE`;
const NODES = `
  SELECT id, phase, target, status, run_id AS "runId" FROM items
  WHERE plan_id = $1 AND ${itemsOfBranch('$2')} ORDER BY id FOR NO KEY UPDATE`;
const EDGES = `SELECT item_id AS "itemId", depends_on AS "dependsOn" FROM dependencies WHERE item_id = ANY($1::text[])`;
const INSERT = `
  INSERT INTO branches (plan_id, name, parent, fork_item, brief, directions, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING name`;
const SHARE = `INSERT INTO shared_items (plan_id, branch, item_id) SELECT $1, $2, unnest($3::text[])`;
const SET_PRIMARY = `
  UPDATE plans SET primary_branch = $2, brief = $3::jsonb || jsonb_build_object('budget', brief -> 'budget')
  WHERE id = $1`;
/** A paused plan stays so; else its status is that of its primary branch. */
const TAKE_STATUS = `
  UPDATE plans SET status = $2, status_reason = $3,
    finished_at = CASE WHEN $2 IN ('complete', 'failed') THEN now() END WHERE id = $1`;
const SET_STATUS = `UPDATE branches SET status = $3, status_reason = $4 WHERE plan_id = $1 AND name = $2`;

/** The branch is not in a state that allows it. */
export class BranchStateError extends DomainError {}

type Done = { branch: Branch; actionId: string; repeated: boolean };

/** Forks plans, and chooses between their branches. */
@Injectable()
export class BranchesService {
  constructor(
    private readonly log: ActionLog,
    private readonly reader: BranchesReader,
    private readonly graph: PlanGraph,
    private readonly statuses: PlanStatuses,
    private readonly held: HeldBranches,
    private readonly canceller: Canceller,
    private readonly forked: ForkedBranches,
    private readonly models: ModelClient,
    private readonly lore: ForkedLore,
    private readonly outbox: Outbox,
  ) {}

  /** Makes a branch that shares what is finished and goes on with the rest by itself, at once. */
  async fork(query: RequestOf<typeof forkBranch>): Promise<Done> {
    const { planId, name } = query;
    return this.logged({ ...query, action: 'fork-branch', branch: name, itemId: query.at ?? null }, async (uow) => {
      await this.lock(uow, planId);
      const source = await this.branch(uow, planId, query.from);
      const brief = settleChanges(source, query.changes, this.models);
      const rows = await uow.query<ForkNode & { phase: Phase; target: RunTarget; status: ItemStatus }>(NODES, [
        planId,
        query.from,
      ]);
      const supplied = query.changes.lore ?? [];
      const nodes = await this.lore.withDeclarers(uow, planId, query.from, rows, supplied);
      const edges = await uow.query<{ itemId: string; dependsOn: string }>(EDGES, [nodes.map((node) => node.id)]);
      const changed = changedItems(nodes, query.at, query.changes);
      const { shared, own } = forkGraph(nodes, edges, changed);
      checkSupplied(own, supplied);
      const made = await uow.query(INSERT, [
        planId,
        name,
        query.from,
        query.at ?? null,
        JSON.stringify(brief.brief),
        JSON.stringify(brief.directions),
        query.actor,
      ]);
      if (made.length === 0) {
        throw new BranchStateError('BRANCH_EXISTS', 409, `There is already a branch "${name}".`, [
          { field: 'name', message: 'is taken' },
        ]);
      }
      await this.statuses.tellOfBranch(uow, planId, name, 'running', null);
      await uow.query(SHARE, [planId, name, shared.map((node) => node.id)]);
      await this.tellWhatIsShared(uow, planId, name, query.from, shared);
      await this.lore.carry(
        uow,
        { planId, from: query.from, branch: name, actor: query.actor, source: query.source },
        own,
        supplied,
      );
      const given = new Set(supplied.map((one) => one.requirementId));
      await this.graph.grow(
        uow,
        planId,
        name,
        own.map((item) => ({
          ...item,
          dependsOn: item.dependsOn.map((id) => onBranch(id, name)),
          awaitsRelease:
            item.phase === 'lore' && brief.brief.lore.policy !== 'immediate' && !given.has(item.target.requirementId!),
        })),
      );
      await this.statuses.complete(uow, planId, name);
      // Of a plan that is paused it stands still from the beginning.
      await this.held.tell(uow, planId);
      return own.map(({ phase, target }) => this.graph.itemId(planId, name, phase, target));
    });
  }

  /** Makes a branch the primary one: the plan's status and its manuscript are this branch's. */
  async adopt(query: RequestOf<typeof adoptBranch>): Promise<Done> {
    const { planId, branch: name } = query;
    return this.logged({ ...query, action: 'adopt-branch', itemId: null }, async (uow) => {
      const plan = await this.lock(uow, planId);
      const branch = await this.branch(uow, planId, name);
      if (plan.primary_branch === name) return [];
      if (branch.status === 'archived') throw new BranchArchivedError(name);
      await uow.query(SET_PRIMARY, [planId, name, JSON.stringify(branch.brief)]);
      const { status } = plan;
      const isPaused = status === 'paused';
      const left = isPaused ? (['running', null] as const) : ([status, plan.status_reason] as const);
      await uow.query(SET_STATUS, [planId, plan.primary_branch, ...left]);
      await this.statuses.tellOfBranch(uow, planId, plan.primary_branch, ...left);
      // A paused plan stays so, and so does the branch that is its primary one now.
      const now = isPaused ? plan : branch;
      if (!isPaused) await uow.query(TAKE_STATUS, [planId, now.status, now.status_reason]);
      await this.statuses.tell(uow, planId, name, now.status, now.status_reason);
      await this.held.tell(uow, planId);
      if (isPaused) await this.statuses.complete(uow, planId, plan.primary_branch);
      return [];
    });
  }

  /** Ends a branch that is not wanted any more, and keeps what it has made. */
  async archive(query: RequestOf<typeof archiveBranch>): Promise<Done> {
    const { planId, branch: name, actor } = query;
    return this.logged({ ...query, action: 'archive-branch', itemId: null }, async (uow) => {
      const plan = await this.lock(uow, planId);
      const { brief, status } = await this.branch(uow, planId, name);
      if (status === 'archived') return [];
      if (plan.primary_branch === name) {
        throw new BranchStateError(
          'BRANCH_PRIMARY',
          409,
          `Branch ${name} is the primary branch; adopt another one first.`,
        );
      }
      const reason = `branch ${name} was archived by ${actor}`;
      await uow.query(SET_STATUS, [planId, name, 'archived', reason]);
      await this.statuses.tellOfBranch(uow, planId, name, 'archived', reason);
      await this.held.tell(uow, planId);
      const from = ITEM_STATUSES.filter((status) => status !== 'complete' && status !== 'cancelled');
      const { correlation_id } = plan;
      const ended = await this.canceller.cancel(
        uow,
        { brief, correlation_id },
        { planId, branch: name, from, heldBy: null, reason },
      );
      // It may have been all for whose sake the plan was paused.
      await this.statuses.complete(uow, planId, plan.primary_branch);
      return ended;
    });
  }

  private async logged(asked: Asked, work: (uow: UnitOfWork) => Promise<string[]>): Promise<Done> {
    const { actionId, repeated } = await this.log.once(asked, work);
    return { branch: await this.reader.read(asked.planId, asked.branch!), actionId, repeated };
  }

  /** Here, and to every service that has runs, before anything of the branch is started. */
  private async tellWhatIsShared(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    parent: string,
    shared: ForkNode[],
  ): Promise<void> {
    const parts = Math.max(1, Math.ceil(shared.length / FORK_PART_RUNS));
    const forks = Array.from({ length: parts }, (_, n): ForkBranch => {
      const part = shared.slice(n * FORK_PART_RUNS, (n + 1) * FORK_PART_RUNS);
      return { planId, branch, parent, part: n + 1, parts, runIds: part.map((node) => node.runId) };
    });
    await this.forked.apply(uow, forks);
    await this.outbox.add(
      uow,
      WORKING_SERVICES.flatMap((service) => forks.map((fork) => outgoing(forkBranchCommandOf(service), fork))),
    );
  }

  private async lock(uow: UnitOfWork, planId: string): Promise<PlanRow> {
    const [plan] = await uow.query<PlanRow>(PLAN, [planId]);
    if (plan === undefined) throw new NotFoundError('plan', planId);
    return plan;
  }

  private async branch(uow: UnitOfWork, planId: string, name: string): Promise<SourceRow> {
    const [branch] = await uow.query<SourceRow>(BRANCH, [planId, name]);
    if (branch === undefined) throw new NotFoundError('branch', name);
    return branch;
  }
}

/** What a fork makes anew although it is complete. */
function changedItems(
  nodes: ForkNode[],
  at: string | undefined,
  { directions = {}, lore = [] }: BranchChanges,
): string[] {
  if (at !== undefined && !nodes.some((node) => node.id === at)) throw new NotFoundError('backlog item', at);
  const chapters = new Set(Object.keys(directions).map(Number));
  const directed = nodes.filter((node) => node.phase === 'blueprint' && chapters.has(node.target.chapter ?? 0));
  const supplied = new Set(lore.map((one) => one.requirementId));
  const told = nodes.filter((node) => node.phase === 'lore' && supplied.has(node.target.requirementId ?? ''));
  return [...(at === undefined ? [] : [at]), ...directed.map((node) => node.id), ...told.map((node) => node.id)];
}

/** The id that an item has on a branch of its own. */
function onBranch(itemId: string, branch: string): string {
  return `${planIds.base(itemId)}@${branch}`;
}
