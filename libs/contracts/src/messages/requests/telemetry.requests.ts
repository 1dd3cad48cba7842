import { z } from 'zod';
import { phaseSchema } from '../../plan/phases';
import { identifierSchema } from '../../identifier.schema';
import {
  checkpointSchema,
  fictionPhaseProgressedSchema,
  progressStatusSchema,
  stepCountsSchema,
  usageSchema,
} from '../../plan/progress.schema';
import { request } from '../contract';
import { fictionPlanChangedSchema } from '../events';
import { MAX_PAGE, pageOf, pageQueryShape } from './paging';

/** A plan's history after `afterSeq`, oldest first; at most `limit` events. With `changes`, how its branches stand too. */
export const listProgress = request('telemetry', 'progress.list', {
  request: z.object({
    planId: identifierSchema,
    afterSeq: z.int().min(0),
    limit: z.int().min(1).max(500).default(200),
    changes: z.boolean().optional(),
  }),
  reply: z.object({
    events: z.array(fictionPhaseProgressedSchema),
    lastSeq: z.int(),
    /** If asked for: the latest of each branch, at most so many that they fit beside a page. */
    changes: z.array(fictionPlanChangedSchema).optional(),
  }),
});

export const phaseReportSchema = usageSchema.extend({
  phase: phaseSchema,
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  words: z.int(),
});
export type PhaseReport = z.infer<typeof phaseReportSchema>;

/** What one run has been through after `afterSeq`, oldest first. */
export const listRunHistory = request('telemetry', 'history.list', {
  request: z.object({
    planId: identifierSchema,
    runId: identifierSchema,
    afterSeq: z.int().min(0),
    limit: z.int().min(1).max(500).default(200),
  }),
  reply: z.object({ events: z.array(fictionPhaseProgressedSchema) }),
});

/** How far a run has come, as its events tell. */
export const runCheckpointSchema = z.object({
  runId: z.string(),
  branch: z.string(),
  phase: phaseSchema,
  checkpoint: checkpointSchema,
  status: progressStatusSchema,
  percent: z.int(),
  /** Recorded, of those that are known of. */
  steps: stepCountsSchema,
  attempt: z.int(),
  changedAt: z.iso.datetime(),
});
export type RunCheckpoint = z.infer<typeof runCheckpointSchema>;

/** Runs of a plan in the order of their ids; runs nobody has heard of are left out. */
export const listCheckpoints = request('telemetry', 'checkpoint.list', {
  request: z.object({
    ...pageQueryShape,
    planId: identifierSchema,
    branch: identifierSchema.optional(),
    /** Only these. */
    runIds: z.array(z.string()).max(MAX_PAGE).optional(),
  }),
  reply: pageOf(runCheckpointSchema),
});

/** What a plan has used up so far, by phase. */
export const readPlanReport = request('telemetry', 'plan.read', {
  request: z.object({ planId: identifierSchema }),
  reply: z.object({ phases: z.array(phaseReportSchema), lastSeq: z.int() }),
});
