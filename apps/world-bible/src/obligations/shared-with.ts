import type { UnitOfWork } from '@fiction/platform';
import { ForkedBranches, sharesRun, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';

/**
 * SQL: the branches that share a run of another, as an array: one look-up for each fork of the plan.
 * @param planId, runId SQL, such as `$1` or `r.run_id`
 */
export function sharingBranches(planId: string, runId: string): string {
  return `ARRAY(SELECT sharing.branch FROM forks sharing
    WHERE sharing.plan_id = ${planId} AND ${sharesRun('sharing.plan_id', 'sharing.branch', runId)})`;
}

const SHARED_WITH = `SELECT ${sharingBranches('$1::text', '$2::text')} AS branches`;

/** On which branches a run's rows count: its own, and those that share it. */
@Injectable()
export class SharedWith {
  constructor(private readonly branches: ForkedBranches) {}

  async lineages(uow: UnitOfWork, planId: string, branch: string, runId: string): Promise<Lineage[]> {
    const [row] = await uow.query<{ branches: string[] }>(SHARED_WITH, [planId, runId]);
    return [await this.branches.lineage(planId, branch), ...(await this.known(planId, row!.branches))];
  }

  /** Those of these branches; one that is not known as a whole yet works out everything when it is. */
  async known(planId: string, branches: readonly string[]): Promise<Lineage[]> {
    const lineages: Lineage[] = [];
    for (const branch of branches) {
      const lineage = await this.branches.lineageIfKnown(planId, branch);
      if (lineage !== undefined) lineages.push(lineage);
    }
    return lineages;
  }
}
