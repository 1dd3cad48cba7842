import { z } from 'zod';
import { identifierSchema } from '../../identifier.schema';
import { MAIN_BRANCH, phaseSchema } from '../../plan/phases';
import { taskMetadataSchema } from '../../plan/metadata.schema';
import { runTargetSchema } from '../commands';
import { request } from '../contract';
import { pageQueryShape } from './paging';

export const ITEM_STATUSES = [
  'pending',
  'ready',
  'queued',
  'running',
  'blocked',
  'complete',
  'failed',
  'cancelled',
] as const;
/**
 * `pending` waits for other items, `ready` for nothing but that the plan goes on; `queued` is handed out, `running` was
 * begun; `blocked`, `failed` and `cancelled` wait for somebody to resume them.
 */
export const itemStatusSchema = z.enum(ITEM_STATUSES);
export type ItemStatus = z.infer<typeof itemStatusSchema>;

const branch = identifierSchema.max(100).default(MAIN_BRANCH);
const planId = identifierSchema;
const itemId = identifierSchema;

/** Another item that this one waits or waited for. */
export const itemDependencySchema = z.object({ itemId: z.string(), phase: phaseSchema, status: itemStatusSchema });

/** Something the world must establish before the item; the status is that of the item that establishes it. */
export const itemLoreSchema = z.object({
  requirementId: z.string(),
  domain: z.string(),
  name: z.string(),
  itemId: z.string(),
  status: itemStatusSchema,
});

/** One node of a branch's plan graph, as people work with it. */
export const backlogItemSchema = z.object({
  itemId: z.string(),
  planId: z.string(),
  branch: z.string(),
  phase: phaseSchema,
  target: runTargetSchema,
  /** The execution of the item; its transcripts and events are under this id. */
  runId: z.string(),
  status: itemStatusSchema,
  /** Why it is where it is: a stable code, and words. What is `running` has them only while it waits for its provider. */
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  /** Since when it has this status; of what is `running`, since when it waits, or no longer does. */
  changedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** Unfinished items it waits for. */
  pending: z.int(),
  /** Lore that is not fulfilled before its SLA has passed, or before somebody says so, as the plan's policy is. */
  awaitsRelease: z.boolean(),
  dependencies: z.array(itemDependencySchema),
  lore: z.array(itemLoreSchema),
  revision: z.int(),
  resumption: z.int(),
  /** Tries begun so far, over all resumptions. */
  attempts: z.int(),
  /** Somebody asked for it to be resumed then, and it has not been begun since. */
  resumeRequestedAt: z.iso.datetime().nullable(),
  /** Whether that was longer ago than it may take. */
  resumeTimedOut: z.boolean(),
  /** What a resume has to name. */
  metadata: taskMetadataSchema,
  costUsd: z.number(),
  tokens: z.number(),
});
export type BacklogItem = z.infer<typeof backlogItemSchema>;

const countShape = Object.fromEntries(ITEM_STATUSES.map((status) => [status, z.int()])) as Record<
  (typeof ITEM_STATUSES)[number],
  z.ZodInt
>;
/** Items by status. */
export const statusCountsSchema = z.object(countShape);
export type StatusCounts = z.infer<typeof statusCountsSchema>;
/** Items of a branch by status, and by phase and status. */
export const backlogCountsSchema = z.object({
  total: z.int(),
  byStatus: statusCountsSchema,
  byPhase: z.array(z.object({ phase: phaseSchema, counts: statusCountsSchema })),
});
export type BacklogCounts = z.infer<typeof backlogCountsSchema>;

export const BACKLOG_ORDERS = ['newest', 'graph'] as const;
/** `newest`: the last changed first; `graph`: as the book is made. */
export const listBacklog = request('planner', 'backlog.list', {
  request: z.object({
    ...pageQueryShape,
    planId,
    branch,
    phase: phaseSchema.optional(),
    status: itemStatusSchema.optional(),
    /** A reason code, such as METADATA_MISSING. */
    reason: z.string().min(1).max(100).optional(),
    /** Part of an id or of a reason, in whatever case. */
    text: z.string().min(1).max(200).optional(),
    order: z.enum(BACKLOG_ORDERS).default('newest'),
  }),
  reply: z.object({
    items: z.array(backlogItemSchema),
    nextCursor: z.string().nullable(),
    /** Of the whole branch, whatever the filters. */
    counts: backlogCountsSchema,
  }),
});

export const readBacklogItem = request('planner', 'backlog.read', {
  request: z.object({ planId, itemId }),
  reply: backlogItemSchema,
});

export const ACTION_SOURCES = ['console', 'cli', 'api', 'automation', 'assistant'] as const;
/** From where something was asked for. */
export const actionSourceSchema = z.enum(ACTION_SOURCES);

/** Who asks, and from where. */
export const askedBySchema = z.object({ actor: z.string().min(1).max(200), source: actionSourceSchema });
export type AskedBy = z.infer<typeof askedBySchema>;

export const BACKLOG_ACTIONS = [
  'resume',
  'cancel',
  'cancel-branch',
  'pause-plan',
  'resume-plan',
  'fork-branch',
  'adopt-branch',
  'archive-branch',
  'require-lore',
  'wake-lore',
] as const;

/** What somebody did, or wanted to do, to an item, a branch or a plan. */
export const backlogActionSchema = z.object({
  actionId: z.string(),
  action: z.enum(BACKLOG_ACTIONS),
  planId: z.string(),
  branch: z.string().nullable(),
  itemId: z.string().nullable(),
  ...askedBySchema.shape,
  outcome: z.enum(['accepted', 'refused']),
  /** Of what is refused. */
  code: z.string().nullable(),
  message: z.string(),
  at: z.iso.datetime(),
});
export type BacklogAction = z.infer<typeof backlogActionSchema>;

export const listBacklogActions = request('planner', 'action.list', {
  request: z.object({ ...pageQueryShape, planId, itemId: itemId.optional() }),
  reply: z.object({ items: z.array(backlogActionSchema), nextCursor: z.string().nullable() }),
});

/** Most nodes that a graph is shown with when nobody says how: a larger one is summarised by chapter. Also a page's size. */
export const MOST_GRAPH_NODES = 500;
export const GRAPH_VIEWS = ['nodes', 'chapters'] as const;

/** A plan graph: nodes and what they wait for (`from` waits for `to`), or how many there are in each chapter. */
export const graphSchema = z.object({
  view: z.enum(GRAPH_VIEWS),
  nodes: z.array(
    z.object({
      itemId: z.string(),
      phase: phaseSchema,
      target: runTargetSchema,
      status: itemStatusSchema,
      pending: z.int(),
    }),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Chapter 0 is what comes before the first. */
  chapters: z.array(z.object({ chapter: z.int(), counts: statusCountsSchema })),
  nextCursor: z.string().nullable(),
});

/**
 * The graph of a branch, in the order in which the book is made. `auto` is nodes when a page or a chapter is asked for, or
 * when there are at most `MOST_GRAPH_NODES`, and chapters otherwise.
 */
export const readGraph = request('planner', 'graph.read', {
  request: z.object({
    planId,
    branch,
    view: z.enum([...GRAPH_VIEWS, 'auto']).default('auto'),
    cursor: pageQueryShape.cursor,
    limit: z.int().min(1).max(MOST_GRAPH_NODES).optional(),
    chapter: z.int().min(1).optional(),
  }),
  reply: graphSchema,
});

/** What a resume names: whatever is missing is reported by name. */
export const RESUME_FIELDS = [
  'conversationId',
  'conversationPlanId',
  'agentId',
  'providerId',
  'modelId',
  'taskId',
] as const;
/** What a resume may name besides, as the item's metadata does: it must be the item's own. */
export const ITEM_FIELDS = ['planId', 'backlogItemId', 'correlationId'] as const;
const idempotencyKey = z.string().min(1).max(200).nullable();

export const actionReplySchema = z.object({
  actionId: z.string(),
  /** What was set going or ended. */
  itemIds: z.array(z.string()),
  /** Whether the same key had been used before, and nothing was done now. */
  repeated: z.boolean(),
});
export type ActionReply = z.infer<typeof actionReplySchema>;

export const resumeItem = request('planner', 'item.resume', {
  request: z.object({
    ...askedBySchema.shape,
    planId,
    itemId,
    branch: z.string().optional(),
    idempotencyKey,
    /** As it came; it is checked where the task is known. */
    metadata: z.record(z.string(), z.unknown()),
    /** Whether another provider or model than the task's is meant. */
    rebind: z.boolean().default(false),
  }),
  reply: actionReplySchema.extend({ item: backlogItemSchema }),
});

export const cancelItem = request('planner', 'item.cancel', {
  request: z.object({ ...askedBySchema.shape, planId, itemId, idempotencyKey }),
  reply: actionReplySchema,
});

export const cancelBranch = request('planner', 'branch.cancel', {
  request: z.object({ ...askedBySchema.shape, planId, branch, idempotencyKey }),
  reply: actionReplySchema,
});

export const pausePlan = request('planner', 'plan.pause', {
  request: z.object({ ...askedBySchema.shape, planId, idempotencyKey }),
  reply: actionReplySchema,
});

export const resumePlan = request('planner', 'plan.resume', {
  request: z.object({
    ...askedBySchema.shape,
    planId,
    idempotencyKey,
    /** A new limit, for a plan that has reached its budget; what is left out stays. */
    budget: z.object({ usd: z.number().positive().optional(), tokens: z.int().positive().optional() }).optional(),
  }),
  reply: actionReplySchema,
});
