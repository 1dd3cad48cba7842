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

/** A filing on a branch on which it counts. */
interface Told {
  prepared: PreparedFiling;
  lineage: Lineage;
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
    const told = await this.whereTold(filed);
    // Before looking for what there was, and in one order: of two that tell of a scene at once, the later sees the earlier.
    for (const branch of branchesOf(told)) await this.states.lock(uow, branch.planId, branch.branch);
    const moved = new Map<string, Moved>();
    for (const { prepared, lineage } of told) {
      const keys = await this.keys(uow, prepared, lineage);
      if (keys.length === 0) continue;
      const { planId } = prepared.filing;
      const of = branchKey(planId, lineage);
      moved.set(of, { planId, lineage, keys: new Set([...(moved.get(of)?.keys ?? []), ...keys]) });
    }
    for (const { planId, lineage, keys } of moved.values()) await this.states.settle(uow, planId, lineage, [...keys]);
  }

  /** Each filing that may move something, on each branch on which it counts. */
  private async whereTold(filed: readonly FiledNow[]): Promise<Told[]> {
    const told: Told[] = [];
    for (const { prepared, sharedWith } of filed) {
      if (!this.mayMove(prepared)) continue;
      const others = await this.sharedWith.known(prepared.filing.planId, sharedWith);
      told.push(...[prepared.lineage, ...others].map((lineage) => ({ prepared, lineage })));
    }
    return told;
  }

  private async keys(uow: UnitOfWork, prepared: PreparedFiling, lineage: Lineage): Promise<string[]> {
    const { filing } = prepared;
    if (isFirst(prepared)) return obligationsOf(filing).map(({ key }) => key);
    const rows = await uow.query<{ key: string }>(KEYS, [filing.planId, lineage, filing.sceneId]);
    return rows.map(({ key }) => key);
  }
}

const branchKey = (planId: string, [branch]: Lineage): string => `${planId}\n${branch}`;

/** Each once, in the order in which everybody takes their turns. */
function branchesOf(told: readonly Told[]): { planId: string; branch: string }[] {
  const branches = new Map(
    told.map(({ prepared: { filing }, lineage }) => [
      branchKey(filing.planId, lineage),
      { planId: filing.planId, branch: lineage[0] },
    ]),
  );
  return [...branches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, branch]) => branch);
}
