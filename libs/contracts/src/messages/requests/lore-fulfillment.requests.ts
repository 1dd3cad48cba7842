import { z } from 'zod';
import { loreNeedSchema, worldDomainSchema } from '../../artifacts';
import { identifierSchema } from '../../identifier.schema';
import { loreStatusSchema, type LoreStatus } from '../../story/lore.schema';
import { request } from '../contract';
import { loreKindSchema } from '../lore.messages';
import { pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };
const moment = z.iso.datetime();

export const loreRequirementViewSchema = loreNeedSchema.extend({
  id: z.string(),
  status: loreStatusSchema,
  kind: loreKindSchema,
  chapter: z.int().nullable(),
  scene: z.int().nullable(),
  /** Who declared it first. */
  source: z.string(),
  entryId: z.string().nullable(),
  /** The writer has said that it is meant so; nothing was established. */
  waived: z.boolean(),
  /** Since when something waits for it, and when that becomes too long; null: nothing has waited. */
  blockedAt: moment.nullable(),
  dueAt: moment.nullable(),
  /** Whether it was waited for longer than its SLA, even if it is ready now. */
  breached: z.boolean(),
  createdAt: moment,
  updatedAt: moment,
});
export type LoreRequirementView = z.infer<typeof loreRequirementViewSchema>;

const count = z.int().min(0);
/** Requirements of a branch, those it shares included. */
export const loreCountsSchema = z.object({
  total: count,
  byStatus: z.object({
    planned: count,
    blocked: count,
    requested: count,
    drafted: count,
    ready: count,
    rejected: count,
    failed: count,
  } satisfies Record<LoreStatus, z.ZodInt>),
  /** Requirements that were waited for longer than their SLA. */
  breached: count,
  /** How long the one that is waited for longest, and not ready, has been; in seconds. */
  oldestBlockedSeconds: z.number().min(0).nullable(),
});
export type LoreCounts = z.infer<typeof loreCountsSchema>;

export const loreListSchema = z.object({
  items: z.array(loreRequirementViewSchema),
  nextCursor: z.string().nullable(),
  /** Of the whole branch, whatever the filters. */
  counts: loreCountsSchema,
});
export const listLore = request('lore-fulfillment', 'requirement.list', {
  request: z.object({
    ...branchShape,
    ...pageQueryShape,
    status: loreStatusSchema.optional(),
    domain: worldDomainSchema.optional(),
    kind: loreKindSchema.optional(),
    breached: z.boolean().optional(),
    /** Part of the id, the name or the reason, in whatever case. */
    text: z.string().min(1).max(200).optional(),
  }),
  reply: loreListSchema,
});

export const loreSummarySchema = z.object({ branches: z.array(loreCountsSchema.extend({ branch: z.string() })) });
/** How the lore of branches stands. */
export const summariseLore = request('lore-fulfillment', 'requirement.summarise', {
  request: z.object({ planId: identifierSchema, branches: z.array(identifierSchema).min(1).max(100) }),
  reply: loreSummarySchema,
});
