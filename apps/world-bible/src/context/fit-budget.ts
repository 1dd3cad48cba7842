import type { WorldContextEntry, WorldFact } from '@fiction/contracts';
import { asContext, type IndexedEntry } from '../bible/bible-entry';

/** Characters that make a token, about. */
const CHARACTERS_PER_TOKEN = 4;

export interface Candidate {
  entry: IndexedEntry;
  /** The facts to carry, oldest first. */
  facts: WorldFact[];
  /** Rather with some of its facts than not at all. */
  essential: boolean;
}

/** The candidates that fit together, in their order. What is essential gives up its oldest facts to fit. */
export function fitBudget<C extends Candidate>(
  candidates: readonly C[],
  budgetTokens: number,
): { candidate: C; context: WorldContextEntry }[] {
  let left = budgetTokens * CHARACTERS_PER_TOKEN;
  const taken: { candidate: C; context: WorldContextEntry }[] = [];
  for (const candidate of candidates) {
    const context = fitting(candidate, left);
    if (context === undefined) continue;
    left -= sizeOf(context);
    taken.push({ candidate, context });
  }
  return taken;
}

/** Size of an entry as a prompt carries it, in characters. */
export function sizeOf(entry: WorldContextEntry): number {
  return JSON.stringify(entry).length;
}

function fitting({ entry, facts, essential }: Candidate, left: number): WorldContextEntry | undefined {
  const leastFacts = essential ? 0 : facts.length;
  for (let count = facts.length; count >= leastFacts; count -= 1) {
    const context = asContext(entry, facts.slice(facts.length - count));
    if (sizeOf(context) <= left) return context;
  }
  return undefined;
}
