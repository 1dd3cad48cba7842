import {
  BEFORE_THE_STORY,
  obligationCountsSchema,
  obligationDetailSchema,
  obligationKindSchema,
  obligationReplySchema,
  obligationSchema,
  obligationStatusSchema,
  storyPointSchema,
  writtenSchema,
  type StoryPoint,
} from '@fiction/contracts';
import { z } from 'zod';
import { createDto } from '../http/create-dto';
import { branchParameter, pageParameters } from '../paging/page-query';

export class ObligationQueryDto extends createDto(
  z.strictObject({
    ...branchParameter,
    ...pageParameters(),
    status: obligationStatusSchema.optional(),
    /** Id or name of a persona. */
    persona: z.string().min(1).max(300).optional(),
    overdue: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
  }),
) {}
export class ObligationPageDto extends createDto(
  z.object({ items: z.array(obligationSchema), nextCursor: z.string().nullable(), counts: obligationCountsSchema }),
) {}
export class ObligationDto extends createDto(obligationDetailSchema) {}
export class ObligationReplyDto extends createDto(obligationReplySchema) {}

/** Nothing can be kept before the story begins. */
function isInTheStory(point: StoryPoint): boolean {
  return !/^0+\./.test(point);
}

/** Why it is done: words, and the backlog item and the action that made somebody do it. */
const because = {
  note: writtenSchema(2_000).nullable().default(null),
  itemId: writtenSchema(400).nullable().default(null),
  actionId: writtenSchema(300).nullable().default(null),
};
export class NewObligationDto extends createDto(
  z.strictObject({
    text: writtenSchema(300),
    kind: obligationKindSchema.default('promise'),
    /** Id or name of who owes it; without one, the author. */
    persona: writtenSchema(300).nullable().default(null),
    /** The story point from which it is owed; without one, from before the story on. */
    planted: storyPointSchema.default(BEFORE_THE_STORY),
    /** The story point by which it should be kept. */
    due: storyPointSchema.refine(isInTheStory, 'must be in a chapter, from 1.0 on').nullable().default(null),
    ...because,
  }),
) {}
export class ObligationActionDto extends createDto(z.strictObject(because)) {}
