import {
  alertRuleSchema,
  alertSchema,
  alertSeveritySchema,
  alertStatusSchema,
  MOST_ALERT_TEXT,
  pageOf,
} from '@fiction/contracts';
import { z } from 'zod';
import { createDto } from '../http/create-dto';
import { pageParameters } from '../paging/page-query';

export class AlertDto extends createDto(alertSchema) {}

export class AlertPageDto extends createDto(pageOf(alertSchema)) {}

const name = z.string().min(1).max(300);

export class AlertListQueryDto extends createDto(
  z.strictObject({
    ...pageParameters(),
    plan: name.optional(),
    branch: name.optional().describe('If left out: alerts of every branch, and those that belong to none.'),
    severity: alertSeveritySchema.optional(),
    status: alertStatusSchema.optional(),
    rule: alertRuleSchema.optional(),
  }),
) {}

/** What a person says about it. */
export class AlertNoteDto extends createDto(
  z.strictObject({ note: z.string().trim().max(MOST_ALERT_TEXT).optional() }),
) {}
