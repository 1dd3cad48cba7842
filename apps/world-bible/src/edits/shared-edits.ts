import type { UnitOfWork } from '@fiction/platform';
import { ForkedBranches, sharedOrOwn } from '@fiction/runtime';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/**
 * What the parent sees when the fork becomes known. An edit stands where others have the id of a run, so that a branch
 * shares it as it shares runs.
 */
const SHARE = `
  INSERT INTO shared_runs (plan_id, branch, run_id)
  SELECT e.plan_id, $2, e.ref FROM entry_edits e
  WHERE e.plan_id = $1 AND ${sharedOrOwn('e', '$3', 'e.ref')}
  ON CONFLICT DO NOTHING`;
const CHILDREN = 'SELECT branch FROM forks WHERE plan_id = $1 AND parent = $2 ORDER BY branch';

/** What people have edited before a fork is seen on both sides; what they edit afterwards on one. */
@Injectable()
export class SharedEdits implements OnModuleInit {
  constructor(private readonly branches: ForkedBranches) {}

  onModuleInit(): void {
    this.branches.whenForked((uow, { planId, branch, parent }) => share(uow, planId, branch, parent));
  }
}

/** A fork may become known before its parent, and is told then what that shares. */
async function share(uow: UnitOfWork, planId: string, branch: string, parent: string): Promise<void> {
  await uow.query(SHARE, [planId, branch, parent]);
  const children = await uow.query<{ branch: string }>(CHILDREN, [planId, branch]);
  for (const child of children) await share(uow, planId, child.branch, branch);
}
