import { MAIN_BRANCH, type ForkBranch } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { BranchNotReadyError } from './branch-not-ready.error';

/** Branches that are known to be whole, remembered by this process. */
const KNOWN = 1_000;

const FORK = `
  INSERT INTO forks (plan_id, branch, parent, parts, parts_missing) VALUES ($1, $2, $3, $4::int, $4::int)
  ON CONFLICT DO NOTHING`;
const PART = `INSERT INTO fork_parts (plan_id, branch, part) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING part`;
const SHARE = `
  INSERT INTO shared_runs (plan_id, branch, run_id) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`;
const COUNT_DOWN = `
  UPDATE forks SET parts_missing = parts_missing - 1 WHERE plan_id = $1 AND branch = $2 RETURNING parts_missing`;
const LINEAGE = `
  WITH RECURSIVE line AS (
    SELECT branch, parent, parts_missing, 1 AS distance FROM forks WHERE plan_id = $1 AND branch = $2
    UNION ALL
    SELECT f.branch, f.parent, f.parts_missing, line.distance + 1
    FROM line JOIN forks f ON f.plan_id = $1 AND f.branch = line.parent)
  SELECT branch, parent, parts_missing = 0 AS whole FROM line ORDER BY distance`;

/** A branch that has just become known here as a whole. */
export type Fork = Pick<ForkBranch, 'planId' | 'branch' | 'parent'>;
type WhenForked = (uow: UnitOfWork, fork: Fork) => Promise<void>;

/** A branch with those it was forked from, nearest first; the last is `main`. */
export type Lineage = readonly [branch: string, ...ancestors: string[]];
const OF_MAIN: Lineage = [MAIN_BRANCH];

/**
 * What this service knows of branches. A branch reads what it shares where it lies; only what comes after the fork point
 * is its own. `sharedOrOwn` is the condition for both, and the lineage says where to look.
 */
@Injectable()
export class ForkedBranches {
  private readonly hooks: WhenForked[] = [];
  private readonly known = new LRUCache<string, Lineage>({ max: KNOWN });

  constructor(private readonly database: Database) {}

  /** Runs once a branch is whole, in the transaction that makes it so. */
  whenForked(hook: WhenForked): void {
    this.hooks.push(hook);
  }

  async apply(uow: UnitOfWork, forks: ForkBranch[]): Promise<void> {
    for (const { planId, branch, parent, part, parts, runIds } of forks) {
      await uow.query(FORK, [planId, branch, parent, parts]);
      if ((await uow.query(PART, [planId, branch, part])).length === 0) continue;
      await uow.query(SHARE, [planId, branch, runIds]);
      const [row] = await uow.query<{ parts_missing: number }>(COUNT_DOWN, [planId, branch]);
      if (row?.parts_missing !== 0) continue;
      for (const hook of this.hooks) await hook(uow, { planId, branch, parent });
    }
  }

  /**
   * To be asked before anything of a branch is read. The first branch shares nothing and is known everywhere.
   * @throws BranchNotReadyError while it is not known what the branch shares, or where a branch of its lineage comes from.
   */
  async lineage(planId: string, branch: string): Promise<Lineage> {
    if (branch === MAIN_BRANCH) return OF_MAIN;
    const key = `${planId}\n${branch}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const line = await this.database.query<{ branch: string; parent: string; whole: boolean }>(LINEAGE, [
      planId,
      branch,
    ]);
    if (line.at(-1)?.parent !== MAIN_BRANCH || !line.every(({ whole }) => whole)) throw new BranchNotReadyError(branch);
    const lineage: Lineage = [branch, ...line.map(({ parent }) => parent)];
    this.known.set(key, lineage);
    return lineage;
  }

  /** The lineage, or nothing while it is not known here: whoever can wait for `whenForked` need not fail. */
  async lineageIfKnown(planId: string, branch: string): Promise<Lineage | undefined> {
    try {
      return await this.lineage(planId, branch);
    } catch (error) {
      if (error instanceof BranchNotReadyError) return undefined;
      throw error;
    }
  }

  /** @throws BranchNotReadyError as `lineage` does. */
  async require(planId: string, branch: string): Promise<void> {
    await this.lineage(planId, branch);
  }
}
