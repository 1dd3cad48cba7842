import { z } from 'zod';
import { identifierSchema } from '../../identifier.schema';
import { momentSchema } from '../../moment.schema';
import { auditOutcomeSchema, auditRecordSchema } from '../audit';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

/** The audit trail, newest first. */
export const listAudit = request('telemetry', 'audit.list', {
  request: z.object({
    ...pageQueryShape,
    planId: identifierSchema.optional(),
    /** Id or name of the token. */
    actor: identifierSchema.optional(),
    outcome: auditOutcomeSchema.optional(),
    /** Nothing before this moment. */
    since: momentSchema.optional(),
  }),
  reply: pageOf(auditRecordSchema),
});
