import type { AlertCause } from '@fiction/contracts';
import { storableJson, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { gone, seen, type Sighting } from './sighting';

/**
 * Remembers when a cause was reported last. Messages may overtake each other: what was said before that is out of date.
 * The row also makes replicas with reports of one cause take turns.
 */
const TAKE = `
  INSERT INTO cause_reports AS known (rule, cause, told_at)
  SELECT rule, cause, told_at FROM json_to_recordset($1::json) AS r (rule text, cause text, told_at timestamptz)
  ORDER BY rule, cause
  ON CONFLICT (rule, cause) DO UPDATE SET told_at = excluded.told_at WHERE known.told_at <= excluded.told_at
  RETURNING rule, cause`;

/** Causes as the services report them. */
@Injectable()
export class CauseReportStore {
  /** The reports that are not out of date, as sightings. */
  async take(uow: UnitOfWork, reports: AlertCause[]): Promise<Sighting[]> {
    const sightings: Sighting[] = [];
    for (const round of oneOfEach(reports)) {
      const given = round.map(({ rule, cause, occurredAt }) => ({ rule, cause, told_at: occurredAt }));
      const rows = await uow.query<{ rule: string; cause: string }>(TAKE, [storableJson(given)]);
      const news = new Set(rows.map(({ rule, cause }) => `${rule} ${cause}`));
      sightings.push(...round.filter(({ rule, cause }) => news.has(`${rule} ${cause}`)).map(toSighting));
    }
    return sightings;
  }
}

/** Reports in rounds in each of which a cause stands once. */
function oneOfEach(reports: AlertCause[]): AlertCause[][] {
  const rounds: AlertCause[][] = [];
  const times = new Map<string, number>();
  for (const report of reports) {
    const key = `${report.rule} ${report.cause}`;
    const round = times.get(key) ?? 0;
    (rounds[round] ??= []).push(report);
    times.set(key, round + 1);
  }
  return rounds;
}

function toSighting(report: AlertCause): Sighting {
  const { rule, cause, severity, planId, branch, itemIds, message, occurredAt } = report;
  if (!report.present) return gone(rule, cause);
  return seen({ rule, cause, severity, planId, branch, itemIds, message, details: { reportedAt: occurredAt } });
}
