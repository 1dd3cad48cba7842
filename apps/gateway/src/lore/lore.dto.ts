import { loreRequirementViewSchema, loreStatusSchema, pageOf } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter, pageParameters } from '../paging/page-query';

export class LorePageDto extends createDto(pageOf(loreRequirementViewSchema)) {}

export class LoreListQueryDto extends createDto(
  z.strictObject({ ...branchParameter, ...pageParameters(), status: loreStatusSchema.optional() }),
) {}
