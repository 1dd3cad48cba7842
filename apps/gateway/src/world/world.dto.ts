import { pageOf, rosterMemberSchema, worldEntryTypeSchema, worldEntryViewSchema } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter, pageParameters } from '../paging/page-query';

export class EntryPageDto extends createDto(pageOf(worldEntryViewSchema)) {}
export class RosterPageDto extends createDto(pageOf(rosterMemberSchema)) {}

export class EntryListQueryDto extends createDto(
  z.strictObject({ ...branchParameter, ...pageParameters(), type: worldEntryTypeSchema.optional() }),
) {}
