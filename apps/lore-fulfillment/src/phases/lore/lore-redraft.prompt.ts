import type { LoreCheck, WorldEntryDraft } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import { loreDraftTask, type LoreDraftMaterial } from './lore-draft.prompt';

/** Why a draft was not taken: what it contradicts, or what the writer has said of it. */
export type Refusal = { draft: WorldEntryDraft } & (
  { contradictions: LoreCheck['contradictions'] } | { reason: string }
);

export type LoreRedraftMaterial = LoreDraftMaterial & { refused: Refusal };

const CONTRADICTS = `An earlier draft was refused: refused.contradictions quotes what in refused.draft cannot be true beside what
stands already. Write the entry anew so that nothing of it clashes; keep what was not at fault.
`;
const REJECTED = `The writer has rejected refused.draft and says why in refused.reason. Write the entry anew so that the
reason is met; keep what it does not touch.
`;

/** Drafts an entry again after its check found contradictions, or after the writer has rejected it. */
export function loreRedraftTask(material: LoreRedraftMaterial): ModelTask<WorldEntryDraft> {
  const task = loreDraftTask(material);
  const preamble = 'reason' in material.refused ? REJECTED : CONTRADICTS;
  return { ...task, instructions: preamble + task.instructions };
}
