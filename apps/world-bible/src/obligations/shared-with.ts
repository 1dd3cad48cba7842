import type { UnitOfWork } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';

const SHARED_WITH = 'SELECT branch FROM shared_runs WHERE plan_id = $1 AND run_id = $2';

/** On which branches a run's rows count: its own, and those that share it. */
@Injectable()
export class SharedWith {
  constructor(private readonly branches: ForkedBranches) {}

  async lineages(uow: UnitOfWork, planId: string, branch: string, runId: string): Promise<Lineage[]> {
    const rows = await uow.query<{ branch: string }>(SHARED_WITH, [planId, runId]);
    const lineages = [await this.branches.lineage(planId, branch)];
    for (const row of rows) {
      // One that is not known as a whole yet works out everything when it is.
      const lineage = await this.branches.lineageIfKnown(planId, row.branch);
      if (lineage !== undefined) lineages.push(lineage);
    }
    return lineages;
  }
}
