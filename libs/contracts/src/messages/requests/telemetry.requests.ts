import { z } from 'zod';
import { phaseSchema } from '../../phases';
import { fictionPhaseProgressedSchema, usageSchema } from '../../progress.schema';
import { request } from '../contract';

/** A plan's history after `afterSeq`, oldest first; at most `limit` events. */
export const listProgress = request('telemetry', 'progress.list', {
  request: z.object({ planId: z.string(), afterSeq: z.int().min(0), limit: z.int().min(1).max(500).default(200) }),
  reply: z.object({ events: z.array(fictionPhaseProgressedSchema), lastSeq: z.int() }),
});

export const phaseReportSchema = usageSchema.extend({
  phase: phaseSchema,
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  words: z.int(),
});
export type PhaseReport = z.infer<typeof phaseReportSchema>;

/** What a plan has used up so far, by phase. */
export const readPlanReport = request('telemetry', 'plan.read', {
  request: z.object({ planId: z.string() }),
  reply: z.object({ phases: z.array(phaseReportSchema), lastSeq: z.int() }),
});
