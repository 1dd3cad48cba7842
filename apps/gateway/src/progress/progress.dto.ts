import { fictionPhaseProgressedSchema } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { countParameter, pageParameters } from '../paging/page-query';

const { limit } = pageParameters(500, 200);

export class ProgressQueryDto extends createDto(
  z.strictObject({
    /** The last event the caller has; without it from the first. */
    afterSeq: countParameter.optional(),
    /** The same, under the name it has in every list. */
    cursor: countParameter.optional(),
    limit,
  }),
) {}

export class ProgressPageDto extends createDto(
  z.object({
    items: z.array(fictionPhaseProgressedSchema),
    /** The newest event there is. */
    lastSeq: z.int(),
    nextCursor: z.string().nullable(),
  }),
) {}
