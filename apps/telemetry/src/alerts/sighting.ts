import { MOST_ALERT_CAUSE, MOST_ALERT_TEXT, shortened, type AlertRule, type AlertSeverity } from '@fiction/contracts';

/** The cause of an alert was seen. */
export interface Seen {
  present: true;
  rule: AlertRule;
  cause: string;
  severity: AlertSeverity;
  planId: string | null;
  branch: string | null;
  itemIds: string[];
  message: string;
  details: Record<string, unknown>;
}

/** The cause of an alert is gone. */
export interface Gone {
  present: false;
  rule: AlertRule;
  cause: string;
}

export type Sighting = Seen | Gone;

/** A sighting, and how often in a row it was made. */
export type Repeated = Sighting & { times: number };

export function seen(given: Omit<Seen, 'present'>): Seen {
  return {
    ...given,
    present: true,
    cause: shortened(given.cause, MOST_ALERT_CAUSE),
    message: shortened(given.message, MOST_ALERT_TEXT),
  };
}

export function gone(rule: AlertRule, cause: string): Gone {
  return { present: false, rule, cause: shortened(cause, MOST_ALERT_CAUSE) };
}

/**
 * Sightings in their order, shared out among rounds in each of which a cause stands once: a statement can touch an alert
 * only once. Usually one round is enough.
 */
export function inRounds(sightings: Sighting[]): Repeated[][] {
  const causes = new Map<string, Repeated[]>();
  for (const sighting of sightings) {
    const key = `${sighting.rule} ${sighting.cause}`;
    const before = causes.get(key) ?? [];
    const last = before.at(-1);
    const times = last?.present === sighting.present ? last.times + 1 : 1;
    causes.set(key, [...(times > 1 ? before.slice(0, -1) : before), { ...sighting, times }]);
  }
  const rounds: Repeated[][] = [];
  for (const one of causes.values()) {
    for (const [index, sighting] of one.entries()) (rounds[index] ??= []).push(sighting);
  }
  return rounds;
}
