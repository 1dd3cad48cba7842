import { branchSchema, comparedItemSchema, identifierSchema } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchNameParameter, pageParameters } from '../paging/page-query';

const sides = { left: branchNameParameter, right: branchNameParameter };

export class CompareQueryDto extends createDto(
  z.strictObject({
    ...sides,
    ...pageParameters(50, 20),
    /** `all` shows what is the same on both sides as well. */
    show: z.enum(['differing', 'all']).default('differing'),
  }),
) {}

/** Words of the accepted prose on each side; null: not written, or no scene. */
const words = z.object({ left: z.int().nullable(), right: z.int().nullable() });
export const comparisonSchema = z.object({
  left: branchSchema,
  right: branchSchema,
  items: z.array(
    comparedItemSchema.extend({
      same: z.boolean().describe('Whether both branches share this item.'),
      words,
      sameText: z
        .boolean()
        .nullable()
        .describe(
          'For a scene: whether its accepted prose is the same on both branches; null if it is not written on both, or is not a scene.',
        ),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
export class ComparisonDto extends createDto(comparisonSchema) {}

export class SceneDiffQueryDto extends createDto(z.strictObject({ ...sides, sceneId: identifierSchema })) {}
export const sceneDiffSchema = z.object({
  words: z.object({ left: z.int(), right: z.int() }),
  /** The prose of both sides, word by word and in order: on both, only on the left, or only on the right. */
  parts: z.array(z.object({ on: z.enum(['both', 'left', 'right']), text: z.string() })),
});
export class SceneDiffDto extends createDto(sceneDiffSchema) {}
