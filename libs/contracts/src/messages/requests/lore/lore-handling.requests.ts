import { z } from 'zod';
import { worldEntryDraftSchema } from '../../../artifacts';
import { identifierSchema } from '../../../identifier.schema';
import { request } from '../../contract';
import { loreEventSchema, loreTermsSchema } from '../../lore.messages';
import { askedBySchema } from '../backlog.requests';
import { loreRequirementViewSchema } from '../lore-fulfillment.requests';

const which = {
  planId: identifierSchema,
  branch: identifierSchema.max(100).default('main'),
  requirementId: identifierSchema,
};
const moment = z.iso.datetime();

/** A text with what a person may write in several lines. */
const prose = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .refine((text) => !/[^\P{Cc}\t\n\r]/u.test(text), 'must not contain control characters');

/** Why somebody rejects or waives; and the longest text that is supplied as it stands. */
export const loreNoteSchema = prose(1_000);
export const loreTextSchema = prose(8_000);

export const loreDetailSchema = loreRequirementViewSchema.extend({
  planId: z.string(),
  branch: z.string(),
  /** The branches from this one to the first. */
  lineage: z.array(z.string()),
  /** The branch on which it was fulfilled, if this one only shares it. */
  sharedFrom: z.string().nullable(),
  terms: loreTermsSchema,
  conversationId: z.string(),
  planPassId: z.string().nullable(),
  backlogItemId: z.string().nullable(),
  runId: z.string().nullable(),
  /** The newest draft that contradicts nothing; what waits to be approved while the status is `drafted`. */
  draft: worldEntryDraftSchema.nullable(),
  /** Everybody who asks for it. */
  sources: z.array(z.object({ source: z.string(), at: moment })),
  /** Items that wait for it, or waited. */
  waiting: z.array(z.object({ itemId: z.string(), since: moment })),
  /** What it has been through, oldest first; of a very long life the last 200 moves. */
  timeline: z.array(loreEventSchema),
});
export type LoreDetail = z.infer<typeof loreDetailSchema>;

export const readLore = request('lore-fulfillment', 'requirement.read', {
  request: z.object(which),
  reply: loreDetailSchema,
});

const asked = { ...askedBySchema.shape, ...which, idempotencyKey: z.string().min(1).max(200).nullable() };
export const loreActionReplySchema = z.object({
  requirement: loreRequirementViewSchema,
  /** Whether the same key had been used before, and nothing was done now. */
  repeated: z.boolean(),
});
export type LoreActionReply = z.infer<typeof loreActionReplySchema>;

/**
 * What people do about a requirement. Refused with `LORE_REQUIREMENT_NOT_FOUND` (404), and with `LORE_ALREADY_READY`,
 * `LORE_NEEDS_PERSON` (a contradiction cannot be fulfilled), `LORE_NOT_DRAFTED`, `LORE_ALREADY_DECIDED` and
 * `IDEMPOTENCY_KEY_REUSED` (409).
 */
export const fulfilLore = request('lore-fulfillment', 'requirement.fulfil', {
  request: z.object({
    ...asked,
    /** The whole entry, or a text to make one of; with neither, the run that drafts one is asked for. */
    entry: worldEntryDraftSchema.optional(),
    text: loreTextSchema.optional(),
  }),
  reply: loreActionReplySchema,
});

export const approveLore = request('lore-fulfillment', 'requirement.approve', {
  request: z.object(asked),
  reply: loreActionReplySchema,
});

export const rejectLore = request('lore-fulfillment', 'requirement.reject', {
  request: z.object({ ...asked, reason: loreNoteSchema }),
  reply: loreActionReplySchema,
});

export const waiveLore = request('lore-fulfillment', 'requirement.waive', {
  request: z.object({ ...asked, note: loreNoteSchema }),
  reply: loreActionReplySchema,
});
