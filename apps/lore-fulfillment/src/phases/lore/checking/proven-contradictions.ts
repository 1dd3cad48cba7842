import type { LoreCheck, WorldEntryDraft } from '@fiction/contracts';
import type { LoreCheckMaterial } from './lore-check.prompt';

export type Contradiction = LoreCheck['contradictions'][number];

/**
 * The contradictions that quote their evidence: the words of the draft, and the fact they clash with. What a checker
 * only claims does not hold a book up.
 */
export function provenContradictions(
  check: LoreCheck,
  { draft, locked, neighbours }: Pick<LoreCheckMaterial, 'draft' | 'locked' | 'neighbours'>,
): Contradiction[] {
  const drafted = folded(textsOf(draft));
  const known = folded([
    ...locked.map((fact) => fact.statement),
    ...neighbours.flatMap((entry) => [entry.summary, ...entry.facts.map((fact) => fact.statement)]),
  ]);
  return check.contradictions.filter(({ quote, fact }) => stands(quote, drafted) && stands(fact, known));
}

function textsOf(draft: WorldEntryDraft): string[] {
  return [
    draft.name,
    ...draft.aliases,
    draft.summary,
    ...draft.facts.map((fact) => fact.statement),
    ...draft.relations.flatMap((relation) => [relation.to, relation.kind]),
  ];
}

const folded = (texts: string[]): string => texts.map(fold).join('\n');

/** Quotations are held to the words, not to quotation marks, capitals or the full stop. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function stands(quotation: string, text: string): boolean {
  const words = fold(quotation);
  return words !== '' && text.includes(words);
}
