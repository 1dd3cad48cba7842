import { z } from 'zod';
import { fictionPhaseProgressedSchema, runEventSchema } from '../progress.schema';
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
  status: z.string(),
  reason: z.string().nullable(),
  occurredAt: z.iso.datetime(),
});
export type PlanEvent = z.infer<typeof planEventSchema>;

/** A plan was created, or its status changed. */
export const planChanged = event('plan', 'changed', planEventSchema);

/**
 * Live feed of numbered progress events, from telemetry to every gateway replica. Core NATS: what is lost here is
 * fetched by `seq` from telemetry.
 */
export const FEED_SUBJECT = 'fiction.feed';
export const feedSchema = z.object({ planId: z.string(), events: z.array(fictionPhaseProgressedSchema) });
export type Feed = z.infer<typeof feedSchema>;
