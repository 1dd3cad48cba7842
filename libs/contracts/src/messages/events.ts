import { z } from 'zod';
import { MAIN_BRANCH } from '../plan/phases';
import { fictionPhaseProgressedSchema, runEventSchema } from '../plan/progress.schema';
import { event } from './contract';

/**
 * What a service has to tell of its runs at one moment, in order. Events that are committed together travel together: a
 * busy service sends a few messages a second and not thousands.
 */
export const runNewsSchema = z.object({ events: z.array(runEventSchema).min(1) });
export type RunNews = z.infer<typeof runNewsSchema>;

/**
 * What people are shown of runs that are under way: an attempt was begun, or the run waits for its provider, or goes on after
 * that (`waitTold`).
 */
export const runStarted = event('run', 'started', runNewsSchema);

/** Runs were enqueued or resumed, or have got somewhere. */
export const runProgressed = event('run', 'progressed', runNewsSchema);

/** Attempts of runs ended: `Completed`, `Failed`, `Blocked` or `Cancelled`. */
export const runFinished = event('run', 'finished', runNewsSchema);

export const planEventSchema = z.object({
  eventId: z.string(),
  planId: z.string(),
  /** The primary one. Who does not say is from before there was another. */
  branch: z.string().default(MAIN_BRANCH),
  status: z.string(),
  reason: z.string().nullable(),
  occurredAt: z.iso.datetime(),
});
export type PlanEvent = z.infer<typeof planEventSchema>;

/** A plan was created, its status changed, or another branch is the primary one. */
export const planChanged = event('plan', 'changed', planEventSchema);

export const branchEventSchema = planEventSchema.extend({ branch: z.string(), primary: z.literal(false) });
export type BranchEvent = z.infer<typeof branchEventSchema>;

/** A branch that is not the primary one was forked, its status changed, or it is not the primary one any more. */
export const branchChanged = event('branch', 'changed', branchEventSchema);

/**
 * How a branch of a plan stands, as it is told over the WebSocket. It has no number of its own among the progress events:
 * what counts is the latest one of each branch.
 */
export const fictionPlanChangedSchema = z.object({
  planId: z.string(),
  branch: z.string(),
  /** Whether this is the primary branch, and so the plan's own status. */
  primary: z.boolean(),
  status: z.string(),
  reason: z.string().nullable(),
  occurredAt: z.iso.datetime(),
  /** The progress event that it comes after. */
  afterSeq: z.int().min(0),
});
export type FictionPlanChanged = z.infer<typeof fictionPlanChangedSchema>;

/**
 * Live feed of numbered progress events, and of how branches stand, from telemetry to every gateway replica. Core NATS:
 * what is lost here is fetched from telemetry.
 */
export const FEED_SUBJECT = 'fiction.feed';
export const feedSchema = z.object({
  planId: z.string(),
  events: z.array(fictionPhaseProgressedSchema),
  changes: z.array(fictionPlanChangedSchema).default([]),
});
export type Feed = z.infer<typeof feedSchema>;
