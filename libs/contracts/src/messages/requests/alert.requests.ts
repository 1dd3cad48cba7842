import { z } from 'zod';
import {
  alertRuleSchema,
  alertSchema,
  alertSeveritySchema,
  alertStatusSchema,
  MOST_ALERT_TEXT,
} from '../../alert.schema';
import { identifierSchema } from '../../identifier.schema';
import { request } from '../contract';
import { pageOf, pageQueryShape } from './paging';

/** Alerts, those seen last first; pages also end by size. */
export const listAlerts = request('telemetry', 'alert.list', {
  request: z.object({
    ...pageQueryShape,
    planId: identifierSchema.optional(),
    branch: identifierSchema.optional(),
    severity: alertSeveritySchema.optional(),
    status: alertStatusSchema.optional(),
    rule: alertRuleSchema.optional(),
  }),
  reply: pageOf(alertSchema),
});

/** One alert; ALERT_NOT_FOUND when there is none. */
export const readAlert = request('telemetry', 'alert.read', {
  request: z.object({ alertId: identifierSchema }),
  reply: alertSchema,
});

const handling = z.object({
  alertId: identifierSchema,
  /** Who does it. */
  actor: z.string(),
  note: z.string().max(MOST_ALERT_TEXT).optional(),
});

/**
 * Somebody looks after an alert. Who was first stays: acknowledging again changes nothing. ALERT_NOT_FOUND,
 * ALERT_RESOLVED.
 */
export const acknowledgeAlert = request('telemetry', 'alert.acknowledge', { request: handling, reply: alertSchema });

/** A person ends an alert; its cause, seen again, opens a new one. ALERT_NOT_FOUND, ALERT_RESOLVED. */
export const resolveAlert = request('telemetry', 'alert.resolve', { request: handling, reply: alertSchema });
