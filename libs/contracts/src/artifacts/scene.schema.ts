import { z } from 'zod';
import { obligationKindSchema, type ObligationKind } from '../story/obligation.schema';
import { lineSchema, textSchema } from './shared.schema';

const scoreSchema = z.number().min(0).max(10);

/** A model's opinion of a draft. It advises; deterministic gates decide. */
export const critiqueSchema = z.strictObject({
  scores: z.strictObject({ voice: scoreSchema, pace: scoreSchema, continuity: scoreSchema, clarity: scoreSchema }),
  problems: z.array(z.strictObject({ quote: lineSchema, problem: lineSchema, suggestion: lineSchema })).max(12),
  verdict: z.enum(['accept', 'revise']),
});
export type Critique = z.infer<typeof critiqueSchema>;

/** An obligation that a scene opens; one that is told as a line alone is a promise. */
export const openedObligationSchema = z.union([
  lineSchema,
  z.strictObject({ text: lineSchema, kind: obligationKindSchema }),
]);
export function openedObligation(opened: z.infer<typeof openedObligationSchema>): {
  text: string;
  kind: ObligationKind;
} {
  return typeof opened === 'string' ? { text: opened, kind: 'promise' } : opened;
}

/** What a scene may change about an entry of the world bible. */
export const WORLD_CHANGE_KINDS = [
  'fact-begins',
  'fact-ends',
  'relation-begins',
  'relation-ends',
  'alias-added',
] as const;
export const worldChangeKindSchema = z.enum(WORLD_CHANGE_KINDS);
export type WorldChangeKind = z.infer<typeof worldChangeKindSchema>;

/**
 * One change, with the words of the prose that show it. `statement` is the fact, what the relation is ("sister of"), or the
 * new name; `to` is the other entry of a relation. An answer without a kind says that a fact begins.
 */
export const worldChangeSchema = z.strictObject({
  kind: worldChangeKindSchema.default('fact-begins'),
  entry: lineSchema,
  statement: lineSchema,
  to: z.string().trim().max(300).default(''),
  quote: lineSchema,
});
export type WorldChange = z.infer<typeof worldChangeSchema>;

/** What an accepted scene changes: in the world, in what people know, in what is owed to the reader. */
export const reflectionSchema = z.strictObject({
  worldChanges: z.array(worldChangeSchema).max(12),
  memories: z.array(z.strictObject({ persona: lineSchema, text: lineSchema })).max(12),
  /** What people in it have come to think of the world, each in a sentence. */
  worldNotes: z
    .array(z.strictObject({ persona: lineSchema, text: lineSchema }))
    .max(6)
    .optional(),
  obligationsOpened: z.array(openedObligationSchema).max(6),
  obligationsResolved: z.array(lineSchema).max(6),
});
export type Reflection = z.infer<typeof reflectionSchema>;

export const sceneSummarySchema = z.strictObject({ summary: textSchema });
export type SceneSummary = z.infer<typeof sceneSummarySchema>;

/** The deterministic checks a scene must pass. */
export const SCENE_GATES = [
  'beats',
  'pov',
  'length',
  'known-names',
  'locked-facts',
  'knowledge',
  'repetition',
] as const;
export const sceneGateSchema = z.enum(SCENE_GATES);
export type SceneGate = z.infer<typeof sceneGateSchema>;

/** What a gate found wrong, with the words it concerns. */
export const gateFindingSchema = z.strictObject({
  gate: sceneGateSchema,
  message: z.string(),
  quote: z.string().nullable(),
  /** The writer has said that it is meant so: it stands on record and refuses nothing. */
  waived: z.literal(true).optional(),
});
export type GateFinding = z.infer<typeof gateFindingSchema>;
