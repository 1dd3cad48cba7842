import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchNameParameter } from '../paging/page-query';

export class ManuscriptQueryDto extends createDto(
  z.strictObject({
    /** Without it the primary one of the plan. */
    branch: branchNameParameter.optional(),
    format: z.enum(['markdown', 'json']).default('markdown'),
  }),
) {}
