import { z } from 'zod';
import { blueprintSchema, planPassSchema, sceneDesignSchema, visionSchema } from '../../artifacts';
import { settledBriefSchema, briefSchema } from '../../brief/brief.schema';
import { phaseSchema } from '../../plan/phases';
import { identifierSchema, MAX_INT } from '../../identifier.schema';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

export const PLAN_STATUSES = ['draft', 'running', 'paused', 'complete', 'failed', 'archived'] as const;
export const planStatusSchema = z.enum(PLAN_STATUSES);
export type PlanStatus = z.infer<typeof planStatusSchema>;

const branchShape = { planId: identifierSchema, branch: identifierSchema.default('main') };

export const planSummarySchema = z.object({
  id: z.string(),
  projectId: z.string(),
  title: z.string(),
  author: z.string(),
  status: planStatusSchema,
  statusReason: z.string().nullable(),
  /** The same for two plans whose briefs say the same; plans from before it was kept have none. */
  briefDigest: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

/** How many backlog items of a phase are where. */
export const phaseCountsSchema = z.object({
  phase: phaseSchema,
  total: z.int(),
  done: z.int(),
  running: z.int(),
  /** Of those that are running, how many wait for their provider. */
  waiting: z.int(),
  blocked: z.int(),
  failed: z.int(),
  /** By a person, a pause or the budget: they go on when they are resumed. */
  cancelled: z.int().default(0),
});

export const planDetailSchema = planSummarySchema.extend({
  brief: settledBriefSchema,
  primaryBranch: z.string(),
  /** Of the primary branch. */
  phases: z.array(phaseCountsSchema),
  /** Of the complete scenes of the primary branch; null: some were written before the planner counted them. */
  words: z.int().nullable().default(null),
});
export type PlanDetail = z.infer<typeof planDetailSchema>;

/** What the reason of a running plan begins with when nothing of it goes on by itself. */
export const STANDS_STILL = 'STANDS_STILL';

export const createPlan = request('planner', 'plan.create', {
  request: z.object({
    brief: briefSchema,
    /** Whose it is belongs to it: the same of two callers are two. */
    idempotencyKey: z.string().min(1).max(500).nullable(),
    actor: z.string(),
  }),
  reply: z.object({ planId: z.string(), created: z.boolean() }),
});

export const listPlans = request('planner', 'plan.list', {
  request: z.object({ ...pageQueryShape, status: planStatusSchema.optional(), briefDigest: z.string().optional() }),
  reply: pageOf(planSummarySchema),
});

export const readPlan = request('planner', 'plan.read', {
  request: z.object({ planId: identifierSchema }),
  reply: planDetailSchema,
});

/** What runs of other services need to know of a plan: its brief and, once it is there, its vision. */
export const readPlanMaterial = request('planner', 'material.read', {
  request: z.object(branchShape),
  reply: z.object({ brief: settledBriefSchema, vision: visionSchema.nullable() }),
});

/**
 * Who made the book of a branch, as a title page and a colophon say: the branch's brief, and for each phase before the scenes
 * of which anything is complete the models that made it, on whichever branch that was.
 */
export const readColophon = request('planner', 'colophon.read', {
  request: z.object(branchShape),
  reply: z.object({
    brief: settledBriefSchema,
    credits: z.array(z.object({ work: phaseSchema, provider: z.string(), model: z.string() })),
  }),
});

export const passViewSchema = planPassSchema.extend({
  passIndex: z.int(),
  runId: z.string(),
  createdAt: z.iso.datetime(),
});
export const listPasses = request('planner', 'pass.list', {
  request: z.object({ ...branchShape, ...pageQueryShape }),
  reply: pageOf(passViewSchema),
});

export const blueprintViewSchema = blueprintSchema.extend({
  chapter: z.int(),
  runId: z.string(),
  /** `valid`, or what its deterministic check found wanting. */
  validation: z.object({ status: z.enum(['valid', 'warnings']), findings: z.array(z.string()) }),
  createdAt: z.iso.datetime(),
});
export const listBlueprints = request('planner', 'blueprint.list', {
  request: z.object({ ...branchShape, ...pageQueryShape }),
  reply: pageOf(blueprintViewSchema),
});

export const sceneViewSchema = sceneDesignSchema.extend({
  sceneId: z.string(),
  scrollId: z.string(),
  chapter: z.int(),
  /** Place in its chapter, from 1. */
  scene: z.int(),
  section: z.int(),
  loreIds: z.array(z.string()),
  status: z.string(),
});
export type SceneView = z.infer<typeof sceneViewSchema>;

export const scrollViewSchema = z.object({
  scrollId: z.string(),
  chapter: z.int(),
  /** Chapters of the book. */
  of: z.int(),
  title: z.string(),
  synopsis: z.string(),
  plants: z.array(z.string()),
  payoffs: z.array(z.string()),
  sections: z.array(z.object({ section: z.int(), title: z.string() })),
  scenes: z.array(sceneViewSchema),
  createdAt: z.iso.datetime(),
});
export type ScrollView = z.infer<typeof scrollViewSchema>;

export const listScrolls = request('planner', 'scroll.list', {
  request: z.object({ ...branchShape, ...pageQueryShape, limit: z.int().min(1).max(20).default(10) }),
  reply: pageOf(scrollViewSchema),
});

/**
 * A chapter made concrete, with the lore of its chapter and of the whole book that its scenes may rely on as it is now; scene
 * weavers before `readSceneLore` know no other.
 */
export const readScroll = request('planner', 'scroll.read', {
  request: z.object({ ...branchShape, scrollId: identifierSchema }),
  reply: z.object({ scroll: scrollViewSchema, sharedLoreIds: z.array(z.string()) }),
});

export const listScenes = request('planner', 'scene.list', {
  request: z.object({ ...branchShape, ...pageQueryShape, chapter: z.int().min(0).max(MAX_INT).optional() }),
  reply: pageOf(sceneViewSchema),
});
export const readScene = request('planner', 'scene.read', {
  request: z.object({ ...branchShape, sceneId: identifierSchema }),
  reply: sceneViewSchema,
});

/**
 * The lore that a scene may rely on, as requirement ids: its own (`loreIds`), and that of its chapter and of the whole book.
 * People may require more of it at any time.
 */
export const readSceneLore = request('planner', 'scene-lore.read', {
  request: z.object({ ...branchShape, chapter: z.int().min(1), scene: z.int().min(1) }),
  reply: z.object({ loreIds: z.array(z.string()), sharedLoreIds: z.array(z.string()) }),
});
