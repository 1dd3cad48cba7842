import { z } from 'zod';
import { taskMetadataSchema } from '../../plan/metadata.schema';
import { phaseSchema, type ServiceName } from '../../plan/phases';
import { identifierSchema } from '../../identifier.schema';
import { detailsSchema, usageSchema } from '../../plan/progress.schema';
import { request } from '../contract';
import { contextSourceSchema } from './world-bible.requests';
import { MAX_PAGE, pageOf, pageQueryShape } from './paging';

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
  /** The entries of the world bible that the run was given, if it asked for any. */
  context: z.array(contextSourceSchema).nullable(),
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
      planId: identifierSchema,
      branch: identifierSchema.optional(),
      runId: identifierSchema.optional(),
    }),
    reply: pageOf(transcriptSchema),
  });
}

/** A run as the service that has it knows it. */
export const runRecordSchema = z.object({
  runId: z.string(),
  planId: z.string(),
  branch: z.string(),
  phase: phaseSchema,
  revision: z.int(),
  resumption: z.int(),
  attempt: z.int(),
  status: z.enum(['queued', 'running', 'complete', 'failed', 'blocked', 'cancelled']),
  message: z.string(),
  details: detailsSchema,
  usage: usageSchema,
  metadata: taskMetadataSchema.partial(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** What a service knows of runs; those it has never heard of are left out. */
export function readRunRecords(service: ServiceName) {
  return request(service, 'run.read', {
    request: z.object({ runIds: z.array(z.string()).max(MAX_PAGE) }),
    reply: z.object({ runs: z.array(runRecordSchema) }),
  });
}

/** Runs that a service has had queued or running since before a moment, in the order of their ids. */
export function listOpenRuns(service: ServiceName) {
  return request(service, 'run.list-open', {
    request: z.object({ ...pageQueryShape, before: z.iso.datetime() }),
    reply: pageOf(runRecordSchema),
  });
}

/** Handles a message again that a service could not handle. */
export function retryDeadLetter(service: ServiceName) {
  return request(service, 'dead-letter.retry', {
    request: z.object({ id: z.string().regex(/^\d{1,18}$/, 'must be the id of a dead letter, a number') }),
    reply: deadLetterSchema,
  });
}

/** Messages a service could not handle: kept, and shown. */
export function listDeadLetters(service: ServiceName) {
  return request(service, 'dead-letter.list', {
    request: z.object({ ...pageQueryShape }),
    reply: pageOf(deadLetterSchema),
  });
}
