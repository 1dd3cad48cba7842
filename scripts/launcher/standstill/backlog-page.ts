import { z } from 'zod';

const itemSchema = z.object({
  itemId: z.string(),
  phase: z.string(),
  target: z
    .object({ chapter: z.number().optional(), scene: z.number().optional(), requirementId: z.string().optional() })
    .default({}),
  status: z.string(),
  reasonCode: z.string().nullish(),
  reason: z.string().nullish(),
  awaitsRelease: z.boolean().default(false),
  lore: z
    .array(z.object({ requirementId: z.string(), name: z.string(), itemId: z.string(), status: z.string() }))
    .default([]),
});

/** Items of a branch, and how many there are of each status. */
export const backlogPageSchema = z.object({
  items: z.array(itemSchema),
  counts: z.object({ byStatus: z.record(z.string(), z.number()) }),
});

export type ShownItem = z.infer<typeof itemSchema>;
export type BacklogPage = z.infer<typeof backlogPageSchema>;

/** `scene 1.2`, `blueprint 3`, `vision` */
export function nameOf({ phase, target: { chapter, scene } }: ShownItem): string {
  if (chapter === undefined) return phase;
  return `${phase} ${chapter}${scene === undefined ? '' : `.${scene}`}`;
}
