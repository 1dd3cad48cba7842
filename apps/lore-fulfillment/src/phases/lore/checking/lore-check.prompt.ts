import {
  loreCheckSchema,
  type BookMaterial,
  type LoreCheck,
  type WorldContextEntry,
  type WorldEntryDraft,
} from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';

export type LoreCheckMaterial = {
  book: BookMaterial;
  draft: WorldEntryDraft;
  /** Facts the writer has locked: they win. */
  locked: { entry: string; statement: string }[];
  neighbours: WorldContextEntry[];
};

const INSTRUCTIONS = `You check the facts of a novel's world bible: exact, unimpressed, never inventive.
Does the draft contradict a locked fact or a neighbouring entry?
- A contradiction: both statements cannot be true at the same story time. Something new, unlikely or unexplained is not one.
- For each: entry: whose fact it is. fact: that fact, word for word. quote: the words of the draft that clash with it,
  word for word. problem: why both cannot hold, in one sentence. Without both quotations there is no contradiction.
- verdict: "contradicts" when there is at least one, otherwise "consistent" with an empty list.
Answer with one JSON object and nothing else:
{"verdict": "consistent"|"contradicts", "contradictions": [{"entry", "fact", "quote", "problem"}]}`;

/** Checks a drafted entry against what the bible already holds. */
export function loreCheckTask(material: LoreCheckMaterial): ModelTask<LoreCheck> {
  return {
    task: 'lore.check',
    material,
    instructions: INSTRUCTIONS,
    schema: loreCheckSchema,
    maxOutputTokens: 2000,
    temperature: 0.2,
  };
}
