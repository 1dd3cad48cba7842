import {
  baselineVersionSchema,
  BEFORE_THE_STORY,
  givenBaselineSchema,
  MAX_INT,
  pageOf,
  personaSchema,
  personaWordSchema,
  storyPointSchema,
  wordReplySchema,
  writtenSchema,
} from '@fiction/contracts';
import { z } from 'zod';
import { createDto } from '../http/create-dto';
import { pageParameters } from '../paging/page-query';

export class PersonaPageDto extends createDto(pageOf(personaSchema)) {}
export class PersonaDto extends createDto(personaSchema) {}
export class PersonaDetailDto extends createDto(personaSchema.extend({ versions: z.array(baselineVersionSchema) })) {}

const note = writtenSchema(2_000).nullable().default(null);
export class BaselineChangeDto extends createDto(
  z.strictObject({
    /** The version that the change is meant for. */
    version: z.int().min(1).max(MAX_INT),
    /** Only the parts that change. */
    baseline: givenBaselineSchema,
    note,
  }),
) {}

export class WordQueryDto extends createDto(z.strictObject(pageParameters())) {}
export class WordPageDto extends createDto(pageOf(personaWordSchema)) {}
export class WordReplyDto extends createDto(wordReplySchema) {}
export class NewWordDto extends createDto(
  z.strictObject({
    text: writtenSchema(2_000),
    /** The story point from which it holds; without one, it does from before the story on. */
    from: storyPointSchema.default(BEFORE_THE_STORY),
  }),
) {}
export class RetractDto extends createDto(z.strictObject({ note })) {}
