import { z } from 'zod';
import { worldEntryDraftSchema } from '../../artifacts';
import { bindingsSchema, briefSchema } from '../../brief/brief.schema';
import { identifierSchema } from '../../identifier.schema';
import { phaseSchema } from '../../plan/phases';
import { runTargetSchema } from '../commands';
import { request } from '../contract';
import { askedBySchema, itemStatusSchema } from './backlog.requests';
import { pageQueryShape } from './paging';

const planId = identifierSchema;
/** A branch's name stands in ids, so it is short and plain. */
export const branchNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be 1 to 63 letters, digits, dots, hyphens or underscores');
const idempotencyKey = z.string().min(1).max(200).nullable();

/** A line of a plan. */
export const branchSchema = z.object({
  name: z.string(),
  /** Where it was forked from; null: the plan began with it. */
  parent: z.string().nullable(),
  /** The item it was forked at; null: at what was complete then. */
  forkItem: z.string().nullable(),
  /** Whether the plan's manuscript is this one's. */
  primary: z.boolean(),
  status: z.enum(['draft', 'running', 'paused', 'complete', 'failed', 'archived']),
  statusReason: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Items of its own, those of them that are not complete, and items it shares with the branches before it. */
  items: z.object({ own: z.int(), open: z.int(), shared: z.int() }),
  /** What its own items have cost. */
  costUsd: z.number(),
  tokens: z.number(),
});
export type Branch = z.infer<typeof branchSchema>;

/** What is to be different on a branch. It holds for what is not shared; what was finished is redone only where it says. */
export const branchChangesSchema = z.strictObject({
  tone: briefSchema.shape.tone,
  /** By phase; `default` is for all that are not named. */
  bindings: bindingsSchema.optional(),
  /** What a chapter is to be like, by its number; the chapter and what depends on it are made again. */
  directions: z
    .record(z.string().regex(/^[1-9]\d{0,3}$/, 'must be the number of a chapter'), z.string().min(1).max(4_000))
    .optional(),
  /** What a requirement is to become; it and what depends on it are made again. */
  lore: z
    .array(z.strictObject({ requirementId: identifierSchema, entry: worldEntryDraftSchema }))
    .max(50)
    .optional(),
});
export type BranchChanges = z.infer<typeof branchChangesSchema>;

export const listBranches = request('planner', 'branch.list', {
  request: z.object({ planId }),
  reply: z.object({ items: z.array(branchSchema) }),
});

/**
 * Which branch is meant: the one that is named, or else the plan's primary one, as it is now.
 * Refused with `PLAN_NOT_FOUND`, `BRANCH_NOT_FOUND`, or `BRANCH_ARCHIVED` (409) when something is to be written on it.
 */
export const chooseBranch = request('planner', 'branch.choose', {
  request: z.object({ planId, branch: identifierSchema.optional(), toWrite: z.boolean().default(false) }),
  reply: z.object({ branch: z.string() }),
});

export const forkBranch = request('planner', 'branch.fork', {
  request: z.object({
    ...askedBySchema.shape,
    planId,
    name: branchNameSchema,
    from: z.string().min(1).max(100),
    /** The first item that is to be made anew, with all that depends on it; left out: only what is not complete. */
    at: z.string().max(400).optional(),
    changes: branchChangesSchema.default({}),
    idempotencyKey,
  }),
  reply: z.object({ branch: branchSchema, actionId: z.string(), repeated: z.boolean() }),
});

const branchAction = z.object({ ...askedBySchema.shape, planId, branch: z.string().min(1).max(100), idempotencyKey });
const branchReply = z.object({ branch: branchSchema, actionId: z.string(), repeated: z.boolean() });
/** Makes a branch the primary one; nothing is deleted. */
export const adoptBranch = request('planner', 'branch.adopt', { request: branchAction, reply: branchReply });
/** Ends a branch that is not wanted any more; nothing is deleted. */
export const archiveBranch = request('planner', 'branch.archive', { request: branchAction, reply: branchReply });

const side = z.object({ itemId: z.string(), runId: z.string(), status: itemStatusSchema }).nullable();
/** Items of two branches side by side, as the book is made; the same item on both sides is shared. */
export const comparedItemSchema = z.object({
  phase: phaseSchema,
  target: runTargetSchema,
  same: z.boolean(),
  left: side,
  right: side,
});
export const compareBranches = request('planner', 'branch.compare', {
  request: z.object({
    ...pageQueryShape,
    planId,
    left: z.string().min(1).max(100),
    right: z.string().min(1).max(100),
    /** Only what differs. */
    differing: z.boolean().default(true),
  }),
  reply: z.object({
    items: z.array(comparedItemSchema),
    nextCursor: z.string().nullable(),
    left: branchSchema,
    right: branchSchema,
  }),
});
