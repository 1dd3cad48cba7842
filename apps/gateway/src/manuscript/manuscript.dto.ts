import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter } from '../paging/page-query';

export class ManuscriptQueryDto extends createDto(
  z.strictObject({
    ...branchParameter,
    format: z.enum(['markdown', 'json']).default('markdown'),
  }),
) {}
