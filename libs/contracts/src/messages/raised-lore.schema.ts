import { z } from 'zod';
import { loreNeedSchema, type LoreNeed } from '../artifacts';

/** Details of the event that ends a scene as Blocked because its prose names what the world bible does not know. */
export const loreNeededSchema = z.object({ reason: z.literal('LORE_NEEDED'), needs: z.array(loreNeedSchema).min(1) });
export type LoreNeeded = z.infer<typeof loreNeededSchema>;

/** Where the prose says the opposite of a locked fact. */
export const contradictionSchema = z.object({
  /** Name of the entry that the fact belongs to. */
  entry: z.string(),
  /** The fact. */
  statement: z.string(),
  /** The words of the prose. */
  quote: z.string(),
});
export type Contradiction = z.infer<typeof contradictionSchema>;

/** Details, among others, of the event that ends a scene as Failed with SCENE_GATES_FAILED over locked facts. */
export const contradictingSchema = z.object({ contradictions: z.array(contradictionSchema).min(1) });

/**
 * A contradiction in the words of a requirement: there is one for each fact, whichever sentence denies it, and a waiver
 * of it is known by these words again (`waives`).
 */
export function contradictionNeed({ entry, statement }: Contradiction): Pick<LoreNeed, 'name' | 'why'> {
  return { name: entry, why: statement };
}

/** Whether a waived contradiction, in the words of its requirement, is the one of this fact. */
export function waives(waived: Pick<LoreNeed, 'name' | 'why'>, fact: { entry: string; statement: string }): boolean {
  const said = plain(`${waived.name}\n${waived.why}`);
  return said.includes(plain(fact.entry)) && said.includes(plain(fact.statement));
}

/** What is left of a text when spaces, case and the stop at its end do not count. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
}
