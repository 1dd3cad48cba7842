import { driftScoreSchema, identifierSchema, listDrift, pageOf } from '@fiction/contracts';
import { z } from 'zod';
import { createDto } from '../http/create-dto';
import { branchParameter, pageParameters } from '../paging/page-query';

export class DriftPageDto extends createDto(listDrift.reply) {}
export class DriftScorePageDto extends createDto(pageOf(driftScoreSchema)) {}

export class DriftListQueryDto extends createDto(
  z.strictObject({ ...branchParameter, ...pageParameters(), personaId: identifierSchema.optional() }),
) {}

export class DriftScoreQueryDto extends createDto(z.strictObject(pageParameters())) {}
