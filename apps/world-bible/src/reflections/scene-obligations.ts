import type { UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { ObligationStates } from '../obligations/life/obligation-states';
import { SharedWith } from '../obligations/shared-with';
import { obligationsOf } from './filing-rows';
import { isFirst, type PreparedFiling } from './prepared-filing';
import type { FiledNow } from './reflections.repository';

/** Also those of earlier revisions, and of the scene's versions that this branch shared until now. */
const KEYS = `
  SELECT DISTINCT key FROM obligations WHERE plan_id = $1 AND branch = ANY($2::text[]) AND scene_id = $3`;

/** Obligations of a branch that scenes have moved. */
interface Moved {
  planId: string;
  lineage: Lineage;
  keys: Set<string>;
}

/** Works out anew, wherever scenes count, how the obligations stand that they open or resolve, or have until now. */
@Injectable()
export class SceneObligations {
  constructor(
    private readonly states: ObligationStates,
    private readonly sharedWith: SharedWith,
  ) {}

  /** To be asked before it is filed: whether `settle` has anything to do afterwards, in the same transaction. */
  mayMove(prepared: PreparedFiling): boolean {
    return !isFirst(prepared) || obligationsOf(prepared.filing).length > 0;
  }

  async settle(uow: UnitOfWork, filed: readonly FiledNow[]): Promise<void> {
    const moved = new Map<string, Moved>();
    for (const { prepared, sharedWith } of filed) {
      if (!this.mayMove(prepared)) continue;
      const { planId } = prepared.filing;
      for (const lineage of [prepared.lineage, ...(await this.sharedWith.known(planId, sharedWith))]) {
        const keys = await this.keys(uow, prepared, lineage);
        if (keys.length === 0) continue;
        const of = `${planId}\n${lineage[0]}`;
        moved.set(of, { planId, lineage, keys: new Set([...(moved.get(of)?.keys ?? []), ...keys]) });
      }
    }
    // In one order, since each takes its branch's turn.
    for (const [, { planId, lineage, keys }] of [...moved].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await this.states.settle(uow, planId, lineage, [...keys]);
    }
  }

  private async keys(uow: UnitOfWork, prepared: PreparedFiling, lineage: Lineage): Promise<string[]> {
    const { filing } = prepared;
    if (isFirst(prepared)) return obligationsOf(filing).map(({ key }) => key);
    const rows = await uow.query<{ key: string }>(KEYS, [filing.planId, lineage, filing.sceneId]);
    return rows.map(({ key }) => key);
  }
}
