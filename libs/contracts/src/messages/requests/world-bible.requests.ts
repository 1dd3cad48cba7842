import { z } from 'zod';
import {
  castMemberSchema,
  reflectionSchema,
  storyPointSchema,
  worldContextEntrySchema,
  worldEntryDraftSchema,
  worldEntryTypeSchema,
  worldDomainSchema,
} from '../../artifacts';
import { briefCastSchema, continuitySchema } from '../../brief/brief.schema';
import { identifierSchema } from '../../identifier.schema';
import { obligationKindSchema } from '../../story/obligation.schema';
import { request } from '../contract';
import { sceneDriftSchema } from './drift.requests';
import { pageOf, pageQueryShape } from './paging';

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };

/** Which reflections count: those of scenes that come before for sure, so that the answer never depends on timing. */
const viewpointShape = { chapter: z.int().min(1), scene: z.int().min(1), continuity: continuitySchema };

export const rosterMemberSchema = castMemberSchema.extend({ personaId: z.string(), baseline: z.string() });

/** The vision files its cast: roster and personas. Filing the same again changes nothing. */
export const fileRoster = request('world-bible', 'roster.file', {
  request: z.object({
    ...branchShape,
    author: z.object({ name: z.string(), summary: z.string() }),
    cast: z.array(castMemberSchema),
    briefCast: z.array(briefCastSchema),
  }),
  reply: z.object({ filed: z.int() }),
});

export const listRoster = request('world-bible', 'roster.list', {
  request: z.object({ ...branchShape, ...pageQueryShape }),
  reply: pageOf(rosterMemberSchema),
});

/** Every entry in short, for planning. */
export const readWorldIndex = request('world-bible', 'index.read', {
  request: z.object({ ...branchShape, loreIds: z.array(z.string()).default([]) }),
  reply: z.object({
    entries: z.array(
      z.object({ name: z.string(), type: worldEntryTypeSchema, aliases: z.array(z.string()), summary: z.string() }),
    ),
  }),
});

/** Entries that bear on `names`, as prompts carry them. */
export const readEntries = request('world-bible', 'entry.read', {
  request: z.object({
    ...branchShape,
    names: z.array(z.string()),
    loreIds: z.array(z.string()).default([]),
    limit: z.int().min(1).max(60).default(16),
  }),
  reply: z.object({ entries: z.array(worldContextEntrySchema) }),
});

/** An obligation as a scene is told of it. */
export const owedSchema = z.object({
  text: z.string(),
  kind: obligationKindSchema,
  /** The story point by which it should be kept; null: by the end of the book. */
  due: storyPointSchema.nullable(),
  overdue: z.boolean(),
  /** What happened to it last. */
  changed: z.string(),
});
export type Owed = z.infer<typeof owedSchema>;

export const lockedFactSchema = z.object({ entry: z.string(), statement: z.string() });

/** Why a scene was given an entry: its design names it, it is related to such a one, its lore asks for it, or it was met lately. */
export const CONTEXT_REASONS = ['mentioned', 'related', 'lore', 'recent'] as const;
export const contextSourceSchema = z.object({
  entryId: z.string(),
  name: z.string(),
  /** The newest version that was told. */
  version: z.int(),
  why: z.enum(CONTEXT_REASONS),
});
export type ContextSource = z.infer<typeof contextSourceSchema>;

/** What a scene may rely on: entries by relevance, the persona who writes and what it remembers and owes. */
export const readSceneContext = request('world-bible', 'context.read', {
  request: z.object({
    ...branchShape,
    ...viewpointShape,
    names: z.array(z.string()),
    pov: z.string(),
    loreIds: z.array(z.string()),
    /** Size of the entries together, in tokens. */
    budgetTokens: z.int().min(100).max(50_000),
  }),
  reply: z.object({
    entries: z.array(worldContextEntrySchema),
    persona: z.object({
      name: z.string(),
      baseline: z.string(),
      memories: z.array(z.string()),
      /** What it and the author still owe the reader, in the order of the story. */
      obligations: z.array(owedSchema),
    }),
    author: z.object({ name: z.string(), summary: z.string() }),
    knownNames: z.array(z.string()),
    lockedFacts: z.array(lockedFactSchema),
    /** Which entries these are, in the same order: for whoever wants to know later what the scene was given. */
    sources: z.array(contextSourceSchema).optional(),
    /** What is true, or will be, and the point-of-view person has not learned: nothing it tells or thinks may say so. */
    notKnown: z.array(lockedFactSchema),
  }),
});
export type SceneContext = z.infer<typeof readSceneContext.reply>;

/** Longest prose that a reflection is filed with, in UTF-16 code units: in JSON, with the styles, it stays below what the bus carries. */
export const MOST_PROSE = 150_000;

/** The accepted prose, and what it was written from. */
export const writtenPageSchema = z.object({
  prose: z.string().max(MOST_PROSE),
  loreIds: z.array(z.string()),
  continuity: continuitySchema,
});

/**
 * An accepted scene writes back what it changed and how it is written, which is scored soon after. Filing the same scene
 * and revision again changes nothing.
 */
export const fileReflection = request('world-bible', 'reflection.file', {
  request: z.object({
    ...branchShape,
    sceneId: z.string(),
    revision: z.int(),
    chapter: z.int(),
    scene: z.int(),
    pov: z.string(),
    reflection: reflectionSchema,
    /** Left out: spans of quotations are not known, and no mention is counted. */
    page: writtenPageSchema.optional(),
    /** Left out: the scene is not scored. */
    drift: sceneDriftSchema.optional(),
  }),
  reply: z.object({ changes: z.int(), memories: z.int(), obligations: z.int() }),
});

/** A fulfilled requirement becomes an entry. Filing the same requirement again changes nothing. */
export const fileLore = request('world-bible', 'lore.file', {
  request: z.object({
    ...branchShape,
    requirementId: z.string(),
    domain: worldDomainSchema,
    entry: worldEntryDraftSchema,
    from: storyPointSchema,
    /** The person who has written it; null: the lore run's model has. */
    writtenBy: z.string().min(1).max(200).nullable().default(null),
  }),
  reply: z.object({ entryId: z.string(), version: z.int() }),
});
