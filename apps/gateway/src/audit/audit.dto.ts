import { auditOutcomeSchema, auditRecordSchema, momentSchema, pageOf } from '@fiction/contracts';
import { z } from 'zod';
import { createDto } from '../http/create-dto';
import { pageParameters } from '../paging/page-query';

const text = z.string().min(1).max(300);

export class AuditListQueryDto extends createDto(
  z.strictObject({
    ...pageParameters(),
    planId: text.optional(),
    /** Id or name of a token. */
    actor: text.optional(),
    outcome: auditOutcomeSchema.optional(),
    /** Nothing before this moment. */
    since: momentSchema.optional(),
  }),
) {}

export class AuditPageDto extends createDto(pageOf(auditRecordSchema)) {}
