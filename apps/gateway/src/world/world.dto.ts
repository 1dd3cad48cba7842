import {
  entryChangesShape,
  entryEditReplySchema,
  mentionSchema,
  newEntryShape,
  pageOf,
  rosterMemberSchema,
  storyPointSchema,
  wholeEntryViewSchema,
  worldDeltaSchema,
  worldEntryTypeSchema,
  worldEntryViewSchema,
} from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter, pageParameters } from '../paging/page-query';

export class EntryPageDto extends createDto(pageOf(worldEntryViewSchema)) {}
export class EntryDto extends createDto(wholeEntryViewSchema) {}
export class DeltaPageDto extends createDto(pageOf(worldDeltaSchema)) {}
export class MentionPageDto extends createDto(pageOf(mentionSchema)) {}
export class RosterPageDto extends createDto(pageOf(rosterMemberSchema)) {}

/** The scene that finds the world so; without it, after all that was written. */
const at = storyPointSchema.optional();

export class EntryListQueryDto extends createDto(
  z.strictObject({
    ...branchParameter,
    ...pageParameters(),
    type: worldEntryTypeSchema.optional(),
    at,
    text: z.string().min(1).max(200).optional(),
  }),
) {}
export class EntryQueryDto extends createDto(z.strictObject({ ...branchParameter, at })) {}

const id = z.string().min(1).max(300).optional();
export class SceneOrEntryQueryDto extends createDto(
  z.strictObject({ ...branchParameter, ...pageParameters(), scene: id, entry: id }),
) {}

export class NewEntryDto extends createDto(z.strictObject(newEntryShape)) {}
/** By name and type scenes, lore and world passes find an entry again. */
const stays = (instead: string) =>
  z
    .string()
    .optional()
    .refine((given) => given === undefined, `cannot be changed; ${instead}`)
    .describe(`Cannot be changed; ${instead}.`);
export class EntryChangesDto extends createDto(
  z.strictObject({
    expectedVersion: z.int().min(1).max(1_000_000),
    ...entryChangesShape,
    name: stays('add the new name to aliases'),
    type: stays('add another entry'),
  }),
) {}
export class LockDto extends createDto(
  z.strictObject({
    /** Left out: the whole entry. */
    factId: z.string().min(1).max(300).optional(),
  }),
) {}
export class UnlockDto extends createDto(
  z.strictObject({
    factId: z.string().min(1).max(300).optional(),
    /** What scenes have told against it, and was refused, becomes part of the entry, as an edit of yours. */
    applyRefused: z.boolean().default(false),
  }),
) {}
export class EntryEditDto extends createDto(entryEditReplySchema) {}
