import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';

export interface WorldRecord {
  planId: string;
  branch: string;
  runId: string;
  revision: number;
  premiseNames: string[];
}

const COMPLETE = `
  INSERT INTO worlds (plan_id, branch, edition, run_id, revision, premise_names) VALUES ($1, $2, 1, $3, $4, $5)
  ON CONFLICT (plan_id, branch) DO UPDATE SET
    edition = worlds.edition + 1, run_id = excluded.run_id, revision = excluded.revision,
    premise_names = excluded.premise_names, completed_at = now()`;
const CHANGED = 'UPDATE worlds SET edition = edition + 1 WHERE plan_id = $1 AND branch = $2';

/** Which worlds stand, and in which edition. */
@Injectable()
export class Worlds {
  async complete(uow: UnitOfWork, world: WorldRecord): Promise<void> {
    const { planId, branch, runId, revision, premiseNames } = world;
    await uow.query(COMPLETE, [planId, branch, runId, revision, JSON.stringify(premiseNames)]);
  }

  /** To be told by whoever changes what all scenes share, in the same transaction. */
  async changed(uow: UnitOfWork, planId: string, branch: string): Promise<void> {
    await uow.query(CHANGED, [planId, branch]);
  }
}
