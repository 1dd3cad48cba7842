import {
  worldEntryDraftSchema,
  type BookMaterial,
  type LoreNeed,
  type WorldContextEntry,
  type WorldEntryDraft,
} from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';

export type LoreDraftMaterial = {
  book: BookMaterial;
  need: LoreNeed;
  /** Entries the new one must live with, nearest first. */
  related: WorldContextEntry[];
};

const INSTRUCTIONS = `You keep the world bible of a novel and fill a gap in it, because a chapter cannot be written without.
Write the one entry that need asks for.
- name: exactly need.name. aliases: other forms a text may use for it, none that could mean something else.
- summary: 40 to 120 words one could write a scene from: what is seen, heard, done; and an answer to need.why.
- facts: 2 to 5 statements that can be true or false, each in one plain sentence. from: the story time as chapter.scene from
  which the fact holds, "0.0" when it holds before the first page. until: when it ends, or null.
- relations: to related entries by their exact names; kind in a few words.
Contradict nothing in related. Where it is silent, choose the smaller, odder, more useful answer.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"name": string, "aliases": [string], "summary": string, "facts": [{"statement", "from", "until"}],
"relations": [{"to", "kind"}]}`;

/** Drafts the world bible entry that a lore requirement asks for. */
export function loreDraftTask(material: LoreDraftMaterial): ModelTask<WorldEntryDraft> {
  return {
    task: 'lore.draft',
    material,
    instructions: INSTRUCTIONS,
    schema: worldEntryDraftSchema,
    maxOutputTokens: 2500,
    temperature: 0.4,
  };
}
