import { z } from 'zod';
import { phaseSchema } from './phases';
import { taskMetadataSchema } from './metadata.schema';

export const PROGRESS_STATUSES = [
  'Enqueued',
  'Started',
  'Progress',
  'Completed',
  'Failed',
  'Blocked',
  'Cancelled',
  'Resumed',
] as const;
export const progressStatusSchema = z.enum(PROGRESS_STATUSES);
export type ProgressStatus = z.infer<typeof progressStatusSchema>;

/** The statuses that end an attempt for good, until somebody resumes the run. */
export const FINAL_STATUSES: ReadonlySet<ProgressStatus> = new Set(['Completed', 'Failed', 'Blocked', 'Cancelled']);

export const checkpointSchema = z.enum(['pending', 'in-progress', 'complete', 'cancelled']);
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What a run has used up so far, over all of its attempts. `costUsd` is in US dollars. */
export const usageSchema = z.object({
  calls: z.int().min(0),
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  costUsd: z.number().min(0),
});
export type Usage = z.infer<typeof usageSchema>;
export const NO_USAGE: Usage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** Small facts about an outcome: word counts, reasons, error codes, and lists such as what a scene still needs. */
export const detailsSchema = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.string()),
    z.array(z.record(z.string(), z.string())),
  ]),
);
export type Details = z.infer<typeof detailsSchema>;

/** Steps of the revision that are recorded, of those it will have as far as is known. */
export const stepCountsSchema = z.object({ recorded: z.int().min(0), known: z.int().min(0) });
export type StepCounts = z.infer<typeof stepCountsSchema>;

/** What happened to a run, as its own service tells it. */
export const runEventSchema = z.object({
  eventId: z.string(),
  planId: z.string(),
  branch: z.string(),
  phase: phaseSchema,
  runId: z.string(),
  revision: z.int(),
  /** How often somebody has resumed this revision. */
  resumption: z.int().min(0),
  attempt: z.int(),
  status: progressStatusSchema,
  /** 0–100. */
  percent: z.int().min(0).max(100),
  message: z.string(),
  /** Whole, except on the `Blocked` event that names what is missing. */
  metadata: taskMetadataSchema.partial(),
  checkpoint: checkpointSchema,
  usage: usageSchema,
  /** Left out by who does not know: what was told before holds. */
  steps: stepCountsSchema.optional(),
  details: detailsSchema,
  occurredAt: z.iso.datetime(),
});
export type RunEvent = z.infer<typeof runEventSchema>;

/** The words a completed scene has; nothing for any other event. */
export function wordsOf({ phase, status, details }: RunEvent): number | undefined {
  const { words } = details;
  if (phase !== 'scene' || status !== 'Completed' || typeof words !== 'number') return undefined;
  return Math.max(0, Math.round(words));
}

/**
 * Whether an event tells that its run waits for its provider (true), or goes on after it has waited (false). It is said by
 * `waits` among the details; most events say neither.
 */
export function waitTold({ details }: Pick<RunEvent, 'details'>): boolean | undefined {
  return typeof details['waits'] === 'boolean' ? details['waits'] : undefined;
}

/**
 * *The* progress event. Telemetry, which stores every run event once, gives it its `seq`: the place in its plan's
 * history, counted from 1 without gaps. See docs/adr/0003-seq-is-given-by-telemetry.md.
 */
export const fictionPhaseProgressedSchema = runEventSchema.extend({ seq: z.int().min(1) });
export type FictionPhaseProgressed = z.infer<typeof fictionPhaseProgressedSchema>;
