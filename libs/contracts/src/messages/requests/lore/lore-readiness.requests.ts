import { z } from 'zod';
import { identifierSchema } from '../../../identifier.schema';
import { request } from '../../contract';
import { loreKindSchema } from '../../lore.messages';

/** A requirement that the check of a scene has raised, as that scene sees it when it goes on. */
export const raisedLoreSchema = z.object({
  requirementId: z.string(),
  kind: loreKindSchema,
  name: z.string(),
  why: z.string(),
  ready: z.boolean(),
  /** The writer has said that it is meant so. */
  waived: z.boolean(),
});
export type RaisedLore = z.infer<typeof raisedLoreSchema>;

/** Which of the requirements are not ready; asked by the gate of a scroll or scene. */
export const readReadiness = request('lore-fulfillment', 'readiness.read', {
  request: z.object({
    planId: identifierSchema,
    branch: identifierSchema.default('main'),
    requirementIds: z.array(z.string()).max(500),
    /** A run; what its check has raised is answered too. */
    raisedBy: z.string().optional(),
  }),
  reply: z.object({
    missing: z.array(z.string()),
    /** What those that are missing are called, as far as they are known. */
    names: z.record(z.string(), z.string()).default({}),
    raised: z.array(raisedLoreSchema),
  }),
});

/** The news of a run that waits for lore, for people to read. */
export function waitsForLore({
  missing,
  names,
}: {
  missing: readonly string[];
  names: Record<string, string>;
}): string {
  return `waits for lore: ${missing.map((id) => names[id] ?? id).join(', ')}`;
}
