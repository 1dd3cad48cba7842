import { z } from 'zod';
import { beatSchema, lineSchema, loreNeedSchema, textSchema } from './shared.schema';

export const chapterOutlineSchema = z.strictObject({
  title: lineSchema,
  summary: textSchema,
  pov: lineSchema,
  places: z.array(lineSchema).min(1).max(6),
});
export type ChapterOutline = z.infer<typeof chapterOutlineSchema>;

/** One planning pass; the last pass of a plan fixes its chapters. */
export const planPassSchema = z.strictObject({
  adjustments: z.array(lineSchema).max(12),
  priorities: z.array(lineSchema).min(1).max(12),
  risks: z.array(lineSchema).max(12),
  openQuestions: z.array(lineSchema).max(12),
  chapters: z.array(chapterOutlineSchema).min(1),
});
export type PlanPass = z.infer<typeof planPassSchema>;

/** The design of one chapter. */
export const blueprintSchema = z.strictObject({
  title: lineSchema,
  synopsis: textSchema,
  beats: z.array(beatSchema).min(2).max(16),
  plants: z.array(lineSchema).max(8),
  payoffs: z.array(lineSchema).max(8),
  requiredLore: z.array(loreNeedSchema).max(6),
});
export type Blueprint = z.infer<typeof blueprintSchema>;

export const sceneDesignSchema = z.strictObject({
  goal: lineSchema,
  conflict: lineSchema,
  outcome: lineSchema,
  pov: lineSchema,
  place: lineSchema,
  storyTime: lineSchema,
  cast: z.array(lineSchema).min(1).max(12),
  beats: z.array(beatSchema).min(1).max(6),
  requiredLore: z.array(loreNeedSchema).max(4),
});
export type SceneDesign = z.infer<typeof sceneDesignSchema>;

/** A chapter made concrete: its sections and, in them, its scenes. */
export const scrollSchema = z.strictObject({
  sections: z
    .array(z.strictObject({ title: lineSchema, scenes: z.array(sceneDesignSchema).min(1) }))
    .min(1)
    .max(12),
});
export type Scroll = z.infer<typeof scrollSchema>;
