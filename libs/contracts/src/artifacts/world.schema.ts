import { z } from 'zod';
import { lineSchema, storyPointSchema, textSchema, type WorldDomain } from './shared.schema';

/** The type of a world bible entry; one per domain. */
export const WORLD_ENTRY_TYPES = ['character', 'location', 'faction', 'history', 'rule', 'object'] as const;
export const worldEntryTypeSchema = z.enum(WORLD_ENTRY_TYPES);
export type WorldEntryType = z.infer<typeof worldEntryTypeSchema>;

export const ENTRY_TYPE_OF_DOMAIN: Record<WorldDomain, WorldEntryType> = {
  people: 'character',
  places: 'location',
  factions: 'faction',
  history: 'history',
  rules: 'rule',
  objects: 'object',
};

/** A fact and the story time from which (and, once it has ended, until which) it holds. */
export const worldFactSchema = z.strictObject({
  statement: lineSchema,
  from: storyPointSchema,
  until: storyPointSchema.nullable(),
});
export type WorldFact = z.infer<typeof worldFactSchema>;

export const worldRelationSchema = z.strictObject({ to: lineSchema, kind: lineSchema });

/** One entry of the world bible as a model writes it. */
export const worldEntryDraftSchema = z.strictObject({
  name: lineSchema,
  aliases: z.array(lineSchema).max(8),
  summary: textSchema,
  facts: z.array(worldFactSchema).min(1).max(12),
  relations: z.array(worldRelationSchema).max(12),
});
export type WorldEntryDraft = z.infer<typeof worldEntryDraftSchema>;

export const worldDomainAnswerSchema = z.strictObject({ entries: z.array(worldEntryDraftSchema).min(1).max(24) });
export type WorldDomainAnswer = z.infer<typeof worldDomainAnswerSchema>;

/** What a check of a drafted entry against the bible found; a contradiction must quote its evidence. */
export const loreCheckSchema = z.strictObject({
  verdict: z.enum(['consistent', 'contradicts']),
  contradictions: z
    .array(z.strictObject({ entry: lineSchema, fact: lineSchema, quote: lineSchema, problem: lineSchema }))
    .max(12),
});
export type LoreCheck = z.infer<typeof loreCheckSchema>;

/** A world bible entry as others see it: the part of it that a prompt carries. */
export const worldContextEntrySchema = z.strictObject({
  name: lineSchema,
  type: worldEntryTypeSchema,
  aliases: z.array(lineSchema),
  summary: textSchema,
  facts: z.array(z.strictObject({ statement: lineSchema, from: storyPointSchema })),
});
export type WorldContextEntry = z.infer<typeof worldContextEntrySchema>;
