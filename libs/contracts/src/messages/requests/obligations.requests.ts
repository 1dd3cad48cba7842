import { z } from 'zod';
import { storyPointSchema } from '../../artifacts';
import { identifierSchema, writtenSchema } from '../../identifier.schema';
import { obligationKindSchema, obligationStatusSchema, obligationTermsSchema } from '../../story/obligation.schema';
import { request } from '../contract';
import { actionSourceSchema, askedBySchema } from './backlog.requests';
import { pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };
const idempotencyKey = z.string().min(1).max(200).nullable();
const note = writtenSchema(2_000).nullable();
/** What made somebody act: a backlog item, and a resume or other action on one. */
const causeShape = { itemId: writtenSchema(400).nullable(), actionId: writtenSchema(300).nullable() };

/** A chapter's design plants obligations and says which of earlier chapters it pays off. Filing it again changes nothing. */
export const fileDesign = request('world-bible', 'design.file', {
  request: z.object({
    ...branchShape,
    chapter: z.int().min(1),
    revision: z.int().min(1),
    plants: z.array(z.string()),
    payoffs: z.array(z.string()),
    chapters: z.int().min(1),
    scenesPerChapter: z.int().min(1),
    terms: obligationTermsSchema,
  }),
  reply: z.object({ filed: z.int() }),
});

export const OBLIGATION_DUE_SOURCES = ['person', 'blueprint', 'default', 'end'] as const;

export const obligationSchema = z.object({
  /** The same on every branch. */
  obligationId: z.string(),
  kind: obligationKindSchema,
  text: z.string(),
  status: obligationStatusSchema,
  /** Who owes it: the author, if only a design or nobody in particular has planted it. */
  personas: z.array(z.string()),
  /** Where it was planted: `2.0` is somewhere in chapter 2, `0.0` before the story. */
  planted: storyPointSchema,
  /** The scene that planted it; null: a design or a person. */
  sceneId: z.string().nullable(),
  /** The story point by which it should be kept; null: not known yet. */
  due: storyPointSchema.nullable(),
  dueSource: z.enum(OBLIGATION_DUE_SOURCES).nullable(),
  /** Since when it is open, and since when it is later than it should be. */
  openSince: z.iso.datetime().nullable(),
  overdueSince: z.iso.datetime().nullable(),
  changedAt: z.iso.datetime(),
  /** The backlog items that should pay it off, or could. */
  itemIds: z.array(z.string()),
});
export type ObligationView = z.infer<typeof obligationSchema>;

/** A row of an obligation's history. */
export const obligationTurnSchema = z.object({
  event: z.enum(['planted', 'resolved', 'dismissed', 'reopened', 'annotated', 'scheduled']),
  /** What told it: a chapter's design, an accepted scene, or a person. */
  by: z.enum(['blueprint', 'scene', 'person']),
  at: z.iso.datetime(),
  /** Where in the story; null for what people do besides planting. */
  point: storyPointSchema.nullable(),
  branch: z.string(),
  sceneId: z.string().nullable(),
  actor: z.string().nullable(),
  source: actionSourceSchema.nullable(),
  note: z.string().nullable(),
  ...causeShape,
});
export type ObligationTurn = z.infer<typeof obligationTurnSchema>;

export const obligationCountsSchema = z.object({
  open: z.int(),
  overdue: z.int(),
  resolved: z.int(),
  dismissed: z.int(),
});

/** In the order in which they were planted in the story. */
export const listObligations = request('world-bible', 'obligation.list', {
  request: z.object({
    ...branchShape,
    ...pageQueryShape,
    status: obligationStatusSchema.optional(),
    /** Id or name of a persona. */
    persona: identifierSchema.optional(),
    overdue: z.boolean().optional(),
  }),
  reply: z.object({
    items: z.array(obligationSchema),
    nextCursor: z.string().nullable(),
    /** Of the whole branch, whatever the filters. */
    counts: obligationCountsSchema,
  }),
});

export const obligationDetailSchema = obligationSchema.extend({ history: z.array(obligationTurnSchema) });

/** An obligation with all that happened to it, oldest first. */
export const readObligation = request('world-bible', 'obligation.read', {
  request: z.object({ ...branchShape, obligationId: identifierSchema }),
  reply: obligationDetailSchema,
});

export const obligationReplySchema = z.object({ obligation: obligationDetailSchema, repeated: z.boolean() });

export const plantObligation = request('world-bible', 'obligation.plant', {
  request: z.object({
    ...askedBySchema.shape,
    ...branchShape,
    text: writtenSchema(300),
    kind: obligationKindSchema,
    /** Id or name of who owes it; null: the author. */
    persona: identifierSchema.nullable(),
    planted: storyPointSchema,
    due: storyPointSchema.nullable(),
    note,
    ...causeShape,
    idempotencyKey,
  }),
  reply: obligationReplySchema,
});

export const OBLIGATION_ACTIONS = ['annotate', 'resolve', 'dismiss', 'reopen'] as const;
export const obligationActionSchema = z.enum(OBLIGATION_ACTIONS);
export type ObligationAction = z.infer<typeof obligationActionSchema>;

/** What a person does with an obligation. */
export const actOnObligation = request('world-bible', 'obligation.act', {
  request: z.object({
    ...askedBySchema.shape,
    ...branchShape,
    obligationId: identifierSchema,
    action: obligationActionSchema,
    note,
    ...causeShape,
    idempotencyKey,
  }),
  reply: obligationReplySchema,
});
