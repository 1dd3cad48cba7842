import type { UnitOfWork } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ObligationStates } from './life/obligation-states';

/** What people have said on a branch; a fork of it begins with the same, under the same numbers. */
const COPIES = [
  `INSERT INTO persona_versions (plan_id, branch, kind, key, version, sheet, actor, source, note, at)
   SELECT plan_id, $2, kind, key, version, sheet, actor, source, note, at FROM persona_versions
   WHERE plan_id = $1 AND branch = $3 ON CONFLICT DO NOTHING`,
  `INSERT INTO persona_words (plan_id, branch, n, kind, persona_key, chapter, scene, text, retracts, actor, source, at)
   SELECT plan_id, $2, n, kind, persona_key, chapter, scene, text, retracts, actor, source, at FROM persona_words
   WHERE plan_id = $1 AND branch = $3 ON CONFLICT DO NOTHING`,
  `INSERT INTO obligation_actions (plan_id, branch, n, key, event, kind, text, persona_key, persona, chapter, scene,
     due_chapter, due_scene, note, item_id, action_id, actor, source, at)
   SELECT plan_id, $2, n, key, event, kind, text, persona_key, persona, chapter, scene, due_chapter, due_scene, note,
     item_id, action_id, actor, source, at FROM obligation_actions
   WHERE plan_id = $1 AND branch = $3 ON CONFLICT DO NOTHING`,
];
const KEYS = 'SELECT key FROM obligation_states WHERE plan_id = $1 AND branch = $2 ORDER BY id';
const FORKS_OF = 'SELECT branch FROM forks WHERE plan_id = $1 AND parent = $2 AND parts_missing = 0';

/**
 * Gives a branch what its parent has from people, which no run has made and so no run can share; what either side adds
 * later the other does not see. Then works out how its obligations stand.
 */
@Injectable()
export class BranchBeginnings implements OnModuleInit {
  constructor(
    private readonly branches: ForkedBranches,
    private readonly states: ObligationStates,
  ) {}

  onModuleInit(): void {
    this.branches.whenForked(async (uow, { planId, branch, parent }) => {
      // A parent that is not known yet brings its forks with it when it is.
      const lineage = await this.branches.lineageIfKnown(planId, parent);
      if (lineage !== undefined) await this.begin(uow, planId, [branch, ...lineage]);
    });
  }

  private async begin(uow: UnitOfWork, planId: string, lineage: Lineage): Promise<void> {
    const [branch, parent] = lineage;
    for (const copy of COPIES) await uow.query(copy, [planId, branch, parent]);
    const keys = await uow.query<{ key: string }>(KEYS, [planId, parent]);
    if (keys.length > 0) {
      await this.states.settle(
        uow,
        planId,
        lineage,
        keys.map(({ key }) => key),
      );
    }
    for (const fork of await uow.query<{ branch: string }>(FORKS_OF, [planId, branch])) {
      await this.begin(uow, planId, [fork.branch, ...lineage]);
    }
  }
}
