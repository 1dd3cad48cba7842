import { z } from 'zod';
import { critiqueSchema, gateFindingSchema, reflectionSchema } from '../../artifacts';
import { identifierSchema } from '../../identifier.schema';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };

export const storyMetricsSchema = z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()]));

/** One immutable version of a scene's prose. Of a scene's versions at most one is accepted. */
export const draftVersionSchema = z.object({
  id: z.string(),
  sceneId: z.string(),
  chapter: z.int(),
  scene: z.int(),
  /** How many times the scene was begun anew, counted from 1. */
  revision: z.int(),
  /** Which text of its revision, counted from 1. */
  version: z.int(),
  accepted: z.boolean(),
  prose: z.string(),
  words: z.int(),
  metrics: storyMetricsSchema,
  critique: critiqueSchema.nullable(),
  findings: z.array(gateFindingSchema),
  reflection: reflectionSchema.nullable(),
  summary: z.string().nullable(),
  provider: z.string(),
  model: z.string(),
  runId: z.string(),
  attempt: z.int(),
  createdAt: z.iso.datetime(),
});
export type DraftVersion = z.infer<typeof draftVersionSchema>;

export const listDrafts = request('scene-weaver', 'draft.list', {
  request: z.object({
    ...branchShape,
    ...pageQueryShape,
    limit: z.int().min(1).max(20).default(5),
    sceneId: identifierSchema,
  }),
  reply: pageOf(draftVersionSchema),
});

/** The accepted prose of a book in reading order; pages end by size. */
export const listAccepted = request(
  'scene-weaver',
  'accepted.list',
  {
    request: z.object({ ...branchShape, ...pageQueryShape }),
    reply: pageOf(draftVersionSchema),
  },
  15_000,
);
