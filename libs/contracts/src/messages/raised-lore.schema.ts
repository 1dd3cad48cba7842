import { z } from 'zod';
import type { LoreNeed } from '../artifacts';

/** Where the prose says the opposite of a locked fact; told in the details of a scene that fails with SCENE_GATES_FAILED. */
export const contradictionSchema = z.object({
  /** Name of the entry that the fact belongs to. */
  entry: z.string(),
  /** The fact. */
  statement: z.string(),
  /** The words of the prose. */
  quote: z.string(),
});
export type Contradiction = z.infer<typeof contradictionSchema>;

/** As much of a fact as a requirement's line has room for beside what the scene says instead. */
const TELLING_CHARACTERS = 250;

/**
 * Whether a waived contradiction, in the words of its requirement, is the one of this fact: its name is the entry's, its
 * reason has the fact in it. Whichever sentence says the opposite, the writer has said that the fact may be contradicted.
 */
export function waives(waived: Pick<LoreNeed, 'name' | 'why'>, fact: { entry: string; statement: string }): boolean {
  const statement = plain(fact.statement).slice(0, TELLING_CHARACTERS);
  return plain(waived.name) === plain(fact.entry) && plain(waived.why).includes(statement);
}

/** What is left of a text when spaces, case and the stop at its end do not count. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
}
