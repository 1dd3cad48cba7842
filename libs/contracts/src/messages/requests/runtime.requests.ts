import { z } from 'zod';
import { phaseSchema, type ServiceName } from '../../phases';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

/** The record of one model call. */
export const transcriptSchema = z.object({
  id: z.string(),
  runId: z.string(),
  revision: z.int(),
  step: z.string(),
  attempt: z.int(),
  phase: phaseSchema,
  branch: z.string(),
  conversationId: z.string(),
  agentId: z.string(),
  provider: z.string(),
  model: z.string(),
  request: z.unknown(),
  response: z.unknown(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costUsd: z.number(),
  latencyMs: z.int(),
  /** `valid`, what was wrong with the answer, or the code of the error that ended the call. */
  validation: z.string(),
  recordedAt: z.iso.datetime(),
});
export type Transcript = z.infer<typeof transcriptSchema>;

export const deadLetterSchema = z.object({
  id: z.string(),
  service: z.string(),
  subject: z.string(),
  body: z.string(),
  error: z.string(),
  deliveries: z.int(),
  createdAt: z.iso.datetime(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/** The model calls a service has made for a plan, newest last; pages end by size. */
export function listTranscripts(service: ServiceName) {
  return request(service, 'transcript.list', {
    request: z.object({
      ...pageQueryShape,
      limit: z.int().min(1).max(50).default(20),
      planId: z.string(),
      branch: z.string().optional(),
      runId: z.string().optional(),
    }),
    reply: pageOf(transcriptSchema),
  });
}

/** Messages a service could not handle: kept, and shown. */
export function listDeadLetters(service: ServiceName) {
  return request(service, 'dead-letter.list', {
    request: z.object({ ...pageQueryShape }),
    reply: pageOf(deadLetterSchema),
  });
}
