import { z } from 'zod';
import { alertSchema, alertSubjectShape, MOST_ALERT_TEXT } from '../alert.schema';
import { SERVICES } from '../plan/phases';
import { event } from './contract';

export const alertCauseSchema = z.object({
  eventId: z.string(),
  ...alertSubjectShape,
  /** Whether the cause is there, or gone. */
  present: z.boolean(),
  /** Reports of one cause are told apart by this: an older one that arrives later changes nothing. */
  occurredAt: z.iso.datetime(),
});
export type AlertCause = z.infer<typeof alertCauseSchema>;

/** A service has noticed that the cause of an alert is there, or that it is gone. Telemetry makes the alert of it. */
export const alertCauseReported = event('alert-cause', 'reported', alertCauseSchema);

/** `reopened`: opened again, as a new alert, after an earlier one of the same cause was resolved. */
export const ALERT_CHANGES = ['opened', 'reopened', 'acknowledged', 'resolved'] as const;

export const alertChangeSchema = z.object({
  eventId: z.string(),
  change: z.enum(ALERT_CHANGES),
  /** Who did it; null: telemetry, because the cause came or went. */
  by: z.string().nullable(),
  /** The alert as it is now. */
  alert: alertSchema,
  occurredAt: z.iso.datetime(),
});
export type AlertChange = z.infer<typeof alertChangeSchema>;

/** An alert was opened, acknowledged or resolved. */
export const alertChanged = event('alert', 'changed', alertChangeSchema);

export const buriedMessageSchema = z.object({
  eventId: z.string(),
  /** Who could not handle it. */
  service: z.enum(SERVICES),
  subject: z.string(),
  messageId: z.string(),
  problem: z.string().max(MOST_ALERT_TEXT),
  /** The plan it was about, as far as that can be read. */
  planId: z.string().nullable(),
  occurredAt: z.iso.datetime(),
});
export type BuriedMessage = z.infer<typeof buriedMessageSchema>;

/** A message that could not be handled was put aside, as a dead letter. */
export const messageBuried = event('message', 'buried', buriedMessageSchema);
