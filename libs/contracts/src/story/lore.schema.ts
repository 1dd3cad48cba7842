import { z } from 'zod';

/** The life of a lore requirement; `rejected` and `failed` lead back to `requested`. */
export const LORE_STATUSES = ['planned', 'blocked', 'requested', 'drafted', 'ready', 'rejected', 'failed'] as const;
export const loreStatusSchema = z.enum(LORE_STATUSES);
export type LoreStatus = z.infer<typeof loreStatusSchema>;
