import { z } from 'zod';
import { event } from './contract';

/** How a write ended: done, refused to the caller (4xx), or failed through our own fault (5xx). */
export const AUDIT_OUTCOMES = ['ok', 'refused', 'failed'] as const;
export const auditOutcomeSchema = z.enum(AUDIT_OUTCOMES);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

/** Who wrote: the record of the access token, never the token. */
export const auditActorSchema = z.object({ tokenId: z.string(), name: z.string(), role: z.string() });

/**
 * One write through REST, as it was answered. It says what was done to what, and never with which content: no body, no
 * header, no token.
 */
export const auditRecordSchema = z.object({
  eventId: z.uuid(),
  occurredAt: z.iso.datetime(),
  actor: auditActorSchema,
  method: z.string(),
  /** The route's pattern, such as `/api/fiction/plans/{planId}`; `(none)` when there is no such route. */
  route: z.string(),
  /** Ids of what was written to: the parameters of the route, and what it has made. */
  targets: z.record(z.string(), z.string()),
  outcome: auditOutcomeSchema,
  /** HTTP status of the answer. */
  status: z.int(),
  /** Code of the problem that was answered. */
  code: z.string().nullable(),
  correlationId: z.string(),
  remoteAddress: z.string().nullable(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** Somebody wrote through REST, or tried to. */
export const auditRecorded = event('audit', 'recorded', auditRecordSchema);
