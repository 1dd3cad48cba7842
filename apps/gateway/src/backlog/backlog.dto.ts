import {
  actionReplySchema,
  BACKLOG_ORDERS,
  backlogActionSchema,
  backlogCountsSchema,
  backlogItemSchema,
  GRAPH_VIEWS,
  graphSchema,
  itemStatusSchema,
  MOST_GRAPH_NODES,
  pageOf,
  fictionPhaseProgressedSchema,
  phaseSchema,
  runCheckpointSchema,
} from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter, countParameter, limitParameter, pageParameters } from '../paging/page-query';

/** Where to read on about an item. */
const linksSchema = z.object({
  self: z.string(),
  transcripts: z.string(),
  /** What the item makes; nothing for lore, which becomes an entry of the world bible. */
  artifact: z.string().nullable(),
});
export const itemViewSchema = backlogItemSchema.extend({
  /** How far its run has come; null: not known, since it was never begun or the history is out of reach. */
  checkpoint: runCheckpointSchema.omit({ runId: true, branch: true, phase: true }).nullable(),
  links: linksSchema,
});
export type ItemView = z.infer<typeof itemViewSchema>;

export class ItemDto extends createDto(
  itemViewSchema.extend({
    /** What its run has been through, oldest first. */
    history: z.array(fictionPhaseProgressedSchema),
    /** What people did to it, newest first. */
    actions: z.array(backlogActionSchema),
    /** The history or the actions are out of reach or too long to be told whole. */
    partial: z.boolean(),
  }),
) {}
export class CheckpointPageDto extends createDto(pageOf(runCheckpointSchema)) {}
export class BacklogPageDto extends createDto(
  z.object({ items: z.array(itemViewSchema), nextCursor: z.string().nullable(), counts: backlogCountsSchema }),
) {}
export class BacklogQueryDto extends createDto(
  z.strictObject({
    ...branchParameter,
    ...pageParameters(100),
    phase: phaseSchema.optional(),
    status: itemStatusSchema.optional(),
    reason: z.string().min(1).max(100).optional(),
    text: z.string().min(1).max(200).optional(),
    order: z.enum(BACKLOG_ORDERS).default('newest'),
  }),
) {}

export class ActionsQueryDto extends createDto(
  z.strictObject({ ...pageParameters(), item: z.string().min(1).max(400).optional() }),
) {}
export class ActionPageDto extends createDto(pageOf(backlogActionSchema)) {}

export class GraphQueryDto extends createDto(
  z
    .strictObject({
      ...branchParameter,
      view: z.enum([...GRAPH_VIEWS, 'auto']).default('auto'),
      cursor: pageParameters().cursor,
      limit: limitParameter(MOST_GRAPH_NODES),
      chapter: countParameter.pipe(z.int().min(1).max(100_000)).optional(),
    })
    .refine(({ view, cursor, limit, chapter }) => view !== 'chapters' || (cursor ?? limit ?? chapter) === undefined, {
      path: ['view'],
      message: 'has no pages when it is chapters; leave out cursor, limit and chapter',
    }),
) {}
export class GraphDto extends createDto(graphSchema) {}

const name = z.string().max(300);
/** What is said to be nothing is as good as left out. */
const named = name.nullish();
/** What is named must be what the item's task says; a field that is left out is refused by its name. */
export class ResumeDto extends createDto(
  z.strictObject({
    conversationId: named,
    conversationPlanId: named,
    agentId: named,
    providerId: named,
    modelId: named,
    taskId: named,
    branch: name.optional(),
    planId: named.describe('Optional, like the next two fields; if sent, it must be the item’s own.'),
    backlogItemId: named,
    correlationId: named,
    /** Whether another provider or model than the task's is meant. */
    rebind: z.boolean().default(false),
  }),
) {}
export class ResumePlanDto extends createDto(
  z.strictObject({
    /** A new limit for a plan that has reached its budget; what is left out stays. */
    budget: z.strictObject({ usd: z.number().positive().optional(), tokens: z.int().positive().optional() }).optional(),
  }),
) {}
export class ActionReplyDto extends createDto(actionReplySchema) {}
export class ResumedItemDto extends createDto(actionReplySchema.extend({ item: itemViewSchema })) {}
