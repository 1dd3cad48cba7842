import { z } from 'zod';
import { lineSchema, loreNeedSchema, textSchema } from './shared.schema';

export const castMemberSchema = z.strictObject({
  name: lineSchema,
  role: lineSchema,
  description: textSchema,
  want: lineSchema,
  fear: lineSchema,
  voice: lineSchema,
});
export type CastMember = z.infer<typeof castMemberSchema>;

/** What the author sees before anything is planned. */
export const visionSchema = z.strictObject({
  authorSummary: textSchema,
  logline: lineSchema,
  goals: z.array(lineSchema).min(1).max(8),
  themes: z.array(lineSchema).min(1).max(8),
  acts: z
    .array(z.strictObject({ name: lineSchema, summary: textSchema }))
    .min(1)
    .max(7),
  cast: z.array(castMemberSchema).min(1).max(24),
  lore: z.array(loreNeedSchema).max(12),
});
export type Vision = z.infer<typeof visionSchema>;
