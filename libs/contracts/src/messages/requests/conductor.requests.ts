import { z } from 'zod';
import { request } from '../contract';

export const laneSchema = z.enum(['metal', 'cloud']);

/** A provider as it is configured; whether a key is there, never the key. */
export const providerViewSchema = z.object({
  name: z.string(),
  kind: z.string(),
  lane: laneSchema,
  concurrency: z.int(),
  requestsPerMinute: z.int().nullable(),
  tokensPerMinute: z.int().nullable(),
  /** The models it may be asked for; null: any. */
  models: z.array(z.string()).nullable(),
  usable: z.boolean(),
  problem: z.string().nullable(),
});

/** What work may be bound to, and in which lane it then runs. */
export const listProviders = request('conductor', 'provider.list', {
  request: z.object({}),
  reply: z.object({ providers: z.array(providerViewSchema) }),
});
