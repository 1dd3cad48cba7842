import {
  worldDomainAnswerSchema,
  type BookMaterial,
  type Vision,
  type WorldDomain,
  type WorldDomainAnswer,
  type WorldEntryType,
} from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';

export type WorldDomainMaterial = {
  book: BookMaterial;
  vision: Vision;
  /** What the domains asked for before have settled. */
  entries: { name: string; type: WorldEntryType; aliases: string[] }[];
  domain: WorldDomain;
};

const DOMAIN: Record<WorldDomain, string> = {
  people: 'Everybody in vision.cast under exactly that name, and nobody the story has no use for.',
  places:
    'Places where scenes can happen: what one sees, hears and smells there, who belongs there, what is odd about it.',
  factions: 'Groups that want something and can get in the way: what they own, what they fear, how one knows a member.',
  history:
    'Events before the first page that still press on people now: who did what, when, and who tells it differently.',
  rules:
    'How this world works where the reader cannot assume it: customs, laws, limits, prices, and what breaking them costs.',
  objects:
    'Things that change hands or meaning in the story: what they look like, where they are, who may not have them.',
};

/** The entries of one domain of the world bible. */
export function worldDomainTask(material: WorldDomainMaterial): ModelTask<WorldDomainAnswer> {
  return {
    task: 'world.domain',
    material,
    instructions: instructions(material.domain),
    schema: worldDomainAnswerSchema,
    maxOutputTokens: 8000,
    temperature: 0.4,
  };
}

function instructions(domain: WorldDomain): string {
  return `You keep the world bible of a novel: the book of facts its author must not contradict.
Write the world bible's entries of the domain "${domain}". ${DOMAIN[domain]}
- 3 to 10 entries. Use the premise's names to the letter; do not write an entry again that entries already has.
- aliases: every other form a text may use for it ("Quill", "the assessor"), none that could mean something else.
- summary: 40 to 120 words one could write a scene from: the visible, the audible, the habit, not the category.
- facts: 2 to 6 statements that can be true or false, each in one plain sentence. from: the story time at which the fact
  begins to hold as chapter.scene, "0.0" when it holds before the first page (the usual case). until: when it ends, or null.
- relations: to entries that exist or that you write here, by their exact names; kind in a few words ("sister of").
Invent sparingly and in keeping: one strange fact with consequences is worth ten decorations.
Write in the language with the tag in book.language. Answer with one JSON object and nothing else:
{"entries": [{"name", "aliases": [string], "summary", "facts": [{"statement", "from", "until"}],
"relations": [{"to", "kind"}]}]}`;
}
