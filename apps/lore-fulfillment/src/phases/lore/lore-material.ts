import {
  bookMaterial,
  readEntries,
  readPlanMaterial,
  readSceneContext,
  type BookMaterial,
  type WorldContextEntry,
} from '@fiction/contracts';
import { RemoteError, type Requester } from '@fiction/messaging';
import type { RunContext } from '@fiction/runtime';
import type { Requirement } from '../../requirements/requirement.types';
import { WorldPendingError } from './world-pending.error';

const MOST_RELATED = 16;

/** What an entry is drafted from and checked against. Only the world phase is looked at, which came before for sure. */
export interface LoreMaterial {
  book: BookMaterial;
  related: WorldContextEntry[];
  locked: { entry: string; statement: string }[];
}

/**
 * Asks others for what a requirement's entry has to live with.
 * @throws WorldPendingError while there is no world yet
 */
export async function gatherMaterial(
  requester: Requester,
  { planId, branch }: RunContext,
  { name, why, chapter, scene }: Requirement,
): Promise<LoreMaterial> {
  const at = { planId, branch };
  try {
    const [{ brief }, { entries }, { lockedFacts }] = await Promise.all([
      requester.ask(readPlanMaterial, at),
      requester.ask(readEntries, { ...at, names: [name, why], limit: MOST_RELATED }),
      // Locked facts come with the context of the place that needs the lore; nothing of earlier scenes with them.
      requester.ask(readSceneContext, {
        ...at,
        chapter: chapter ?? 1,
        scene: scene ?? 1,
        continuity: 'loose',
        names: [name],
        pov: name,
        loreIds: [],
        budgetTokens: 100,
      }),
    ]);
    return { book: bookMaterial(brief), related: entries, locked: lockedFacts };
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'WORLD_NOT_READY') throw new WorldPendingError(error.message);
    throw error;
  }
}
