import { z } from 'zod';
import { fictionPhaseProgressedSchema, runEventSchema } from '../progress.schema';
import { event } from './contract';

/** A run was enqueued or resumed, has started, or has got somewhere. */
export const runProgressed = event('run', 'progressed', runEventSchema);

/** An attempt of a run ended: `Completed`, `Failed`, `Blocked` or `Cancelled`. */
export const runFinished = event('run', 'finished', runEventSchema);

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
