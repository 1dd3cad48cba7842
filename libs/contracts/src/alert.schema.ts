import { z } from 'zod';

/** What an alert may be about; docs/alerts.md tells of each. */
export const ALERT_RULES = [
  'metadata-missing',
  'item-blocked',
  'item-on-fire',
  'resume-timeout',
  'orphan',
  'flapping',
  'dead-letter',
  'provider-refusing',
  'drift',
  'obligation-overdue',
  'lore-failed',
  'locked-fact',
] as const;
export const alertRuleSchema = z.enum(ALERT_RULES);
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export const alertSeveritySchema = z.enum(ALERT_SEVERITIES);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

/** `acknowledged`: somebody has seen it; it stays until its cause is gone, or until somebody resolves it. */
export const ALERT_STATUSES = ['open', 'acknowledged', 'resolved'] as const;
export const alertStatusSchema = z.enum(ALERT_STATUSES);

/** Most characters of a cause, of a text for people and of an id, and most items that one alert names. */
export const MOST_ALERT_CAUSE = 500;
export const MOST_ALERT_TEXT = 2_000;
export const MOST_ALERT_ITEMS = 200;
const id = z.string().min(1).max(300);

/** What an alert is about, as a service that notices it tells. */
export const alertSubjectShape = {
  rule: alertRuleSchema,
  /** The stable key of the cause within the rule, such as the id of an item: one cause, one alert. */
  cause: z.string().min(1).max(MOST_ALERT_CAUSE),
  planId: id.nullable(),
  branch: id.nullable(),
  itemIds: z.array(id).max(MOST_ALERT_ITEMS),
  severity: alertSeveritySchema,
  message: z.string().max(MOST_ALERT_TEXT),
};

const moment = z.iso.datetime();

/** Without bounds: an alert may be about whatever a run event may name. */
export const alertSchema = z.object({
  id: z.string(),
  rule: alertRuleSchema,
  cause: z.string(),
  severity: alertSeveritySchema,
  planId: z.string().nullable(),
  branch: z.string().nullable(),
  itemIds: z.array(z.string()),
  message: z.string(),
  /** Small facts for whoever looks into it. */
  details: z.record(z.string(), z.unknown()),
  status: alertStatusSchema,
  firstSeen: moment,
  lastSeen: moment,
  /** How often the cause was seen while the alert was not resolved. */
  count: z.int().min(1),
  acknowledgedAt: moment.nullable(),
  acknowledgedBy: z.string().nullable(),
  resolvedAt: moment.nullable(),
  /** Null on a resolved alert: its cause is gone. */
  resolvedBy: z.string().nullable(),
  /** What a person has noted on acknowledging or resolving it. */
  note: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;
