import type { LoreCheck, WorldEntryDraft } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import { loreDraftTask, type LoreDraftMaterial } from './lore-draft.prompt';

export type LoreRedraftMaterial = LoreDraftMaterial & {
  refused: { draft: WorldEntryDraft; contradictions: LoreCheck['contradictions'] };
};

const PREAMBLE = `An earlier draft was refused: refused.contradictions quotes what in refused.draft cannot be true beside what
stands already. Write the entry anew so that nothing of it clashes; keep what was not at fault.
`;

/** Drafts an entry again after its check found contradictions. */
export function loreRedraftTask(material: LoreRedraftMaterial): ModelTask<WorldEntryDraft> {
  const task = loreDraftTask(material);
  return { ...task, instructions: PREAMBLE + task.instructions };
}
