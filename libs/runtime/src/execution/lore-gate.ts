import { readReadiness, waitsForLore } from '@fiction/contracts';
import type { Requester } from '@fiction/messaging';
import { RunBlockedError } from './errors';

/**
 * Looks once more whether the lore of a run is ready, before anything is paid for: the graph should have waited for it.
 * @throws RunBlockedError LORE_MISSING
 */
export async function passLoreGate(
  requester: Requester,
  { planId, branch }: { planId: string; branch: string },
  requirementIds: string[],
): Promise<void> {
  if (requirementIds.length === 0) return;
  const { missing, names } = await requester.ask(readReadiness, { planId, branch, requirementIds });
  if (missing.length === 0) return;
  throw new RunBlockedError(waitsForLore({ missing, names }), { reason: 'LORE_MISSING', missing });
}
