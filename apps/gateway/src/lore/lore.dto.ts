import {
  actionReplySchema,
  loreActionReplySchema,
  loreDetailSchema,
  loreKindSchema,
  loreListSchema,
  loreNoteSchema,
  loreStatusSchema,
  loreSummarySchema,
  loreTextSchema,
  requiredLoreShape,
  worldDomainSchema,
  worldEntryDraftSchema,
} from '@fiction/contracts';
import { z } from 'zod';
import { createDto } from '../http/create-dto';
import { branchParameter, pageParameters } from '../paging/page-query';

export class LoreListQueryDto extends createDto(
  z.strictObject({
    ...branchParameter,
    ...pageParameters(),
    status: loreStatusSchema.optional(),
    domain: worldDomainSchema.optional(),
    kind: loreKindSchema.optional(),
    breached: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
    text: z.string().min(1).max(200).optional(),
  }),
) {}
export class LorePageDto extends createDto(loreListSchema) {}
export class LoreSummaryDto extends createDto(loreSummarySchema) {}
export class LoreDetailDto extends createDto(loreDetailSchema) {}
export class LoreActionDto extends createDto(loreActionReplySchema) {}

export class RequireLoreDto extends createDto(z.strictObject(requiredLoreShape)) {}
export class RequiredLoreDto extends createDto(
  actionReplySchema.extend({
    requirementId: z.string(),
    /** The backlog item that establishes it. */
    itemId: z.string(),
  }),
) {}

export class FulfilLoreDto extends createDto(
  z
    .strictObject({
      /** The whole entry, as it is to stand in the world bible. */
      entry: worldEntryDraftSchema.optional(),
      /** Or a text: it becomes the summary, and its sentences the facts. */
      text: loreTextSchema.optional(),
    })
    .refine(({ entry, text }) => entry === undefined || text === undefined, {
      path: ['text'],
      message: 'must not be given together with entry',
    }),
) {}
export class ApproveLoreDto extends createDto(z.strictObject({})) {}
export class RejectLoreDto extends createDto(z.strictObject({ reason: loreNoteSchema })) {}
export class WaiveLoreDto extends createDto(z.strictObject({ note: loreNoteSchema })) {}
