import { z } from 'zod';
import { identifierSchema } from '../../identifier.schema';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };

const share = z.number().min(0).max(1);
/** 32-bit floats in base64, at most 1,000. */
const measures = z
  .base64()
  .max(5_336)
  .refine((text) => Buffer.byteLength(text, 'base64') % 4 === 0, 'is not made of whole floats');

/** A text's style in numbers, as libs/stylometry measures and packs it. */
export const styleSchema = z.object({
  edition: z.string().max(60),
  words: z.int().min(0),
  english: z.boolean(),
  groups: z.object({
    letters: measures,
    words: measures,
    punctuation: measures,
    shape: measures,
    vocabulary: measures,
    lexicon: measures,
  }),
});

/** How an accepted scene is written, and what it is scored against. */
export const sceneDriftSchema = z.object({
  backlogItemId: z.string(),
  style: styleSchema,
  /** Of passages the writer wishes to be written like; `persona` null: the author's. */
  samples: z.array(z.object({ persona: z.string().nullable(), style: styleSchema })).max(25),
  threshold: share,
});
export type SceneDrift = z.infer<typeof sceneDriftSchema>;

export const driftPartSchema = z.object({
  group: z.string(),
  distance: z.number(),
  /** What the group adds to the score; those of all parts are the score. */
  share: z.number(),
  /** What differs most, first. Rates are per 1,000 words, or letters. */
  telling: z.array(z.object({ measure: z.string(), here: z.number(), usual: z.number() })),
});

export const driftScoreSchema = z.object({
  sceneId: z.string(),
  revision: z.int(),
  chapter: z.int(),
  scene: z.int(),
  kind: z.enum(['scene', 'memory']),
  /** Of a memory: what is remembered. */
  text: z.string().nullable(),
  score: share,
  confidence: share,
  /** The baseline is not there yet, or this scene is part of it: the score is 0 and says nothing. */
  establishing: z.boolean(),
  parts: z.array(driftPartSchema),
});
export type DriftScore = z.infer<typeof driftScoreSchema>;

/** Whose style it is: the author's, told by every scene, or that of the person a scene is told by. */
const personaView = z.object({
  /** As the registry of personas has it. */
  id: z.string(),
  kind: z.enum(['author', 'character']),
  name: z.string(),
});

/** How far each persona is from its baseline, by the latest scene in the order of the story. */
export const listDrift = request('world-bible', 'drift.list', {
  request: z.object({ ...branchShape, ...pageQueryShape, personaId: identifierSchema.optional() }),
  reply: pageOf(
    z.object({
      persona: personaView,
      /** What the baseline is: the writer's sample, or the persona's first scenes. */
      baseline: z.enum(['sample', 'scenes']),
      /** Scenes the baseline has; of a sample 0. */
      baselineScenes: z.int(),
      established: z.boolean(),
      threshold: share,
      latest: driftScoreSchema.nullable(),
      alert: z.enum(['open', 'none']),
    }),
  ),
});

/** The scores of a persona, in the order of the story; its id says of which branch. */
export const readDrift = request('world-bible', 'drift.read', {
  request: z.object({ planId: identifierSchema, ...pageQueryShape, personaId: identifierSchema }),
  reply: pageOf(driftScoreSchema),
});
