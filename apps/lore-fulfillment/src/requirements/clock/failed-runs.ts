import type { LoreStatus } from '@fiction/contracts';
import { Clock, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { AUTOMATION, REQUIREMENT_COLUMNS, type RequirementRow } from '../requirement.types';
import { Timeline } from '../timeline/timeline';
import { LoreAlerts } from './lore-alerts';

/** Each failure of a run once: when it was resumed and has failed again, that is another. */
const FAILED = `
  UPDATE requirements r SET status = 'failed', alerted_resumption = b.resumption, updated_at = $1
  FROM (SELECT r.id, r.branch, r.status, runs.resumption, runs.error FROM requirements r JOIN runs ON runs.id = r.run_id
    WHERE r.status <> 'ready' AND r.run_id IS NOT NULL AND runs.status = 'failed'
      AND (r.alerted_resumption IS NULL OR r.alerted_resumption < runs.resumption)
    ORDER BY r.id, r.branch LIMIT 200 FOR UPDATE OF r) b
  WHERE r.id = b.id AND r.branch = b.branch AND r.status <> 'ready'
    AND (r.alerted_resumption IS NULL OR r.alerted_resumption < b.resumption)
  RETURNING ${REQUIREMENT_COLUMNS}, b.status AS from_status, b.error`;

interface FailedRow extends RequirementRow {
  from_status: LoreStatus;
  error: { code: string; message: string } | null;
}

/** Sees which requirements' runs have failed for good, whatever they failed of, and has somebody told. */
@Injectable()
export class FailedRuns {
  constructor(
    private readonly timeline: Timeline,
    private readonly alerts: LoreAlerts,
    private readonly clock: Clock,
  ) {}

  async take(uow: UnitOfWork): Promise<void> {
    const failed = await uow.query<FailedRow>(FAILED, [this.clock.now()]);
    await this.timeline.append(
      uow,
      failed
        .filter((row) => row.from_status !== 'failed')
        .map((row) => ({
          requirement: row,
          from: row.from_status,
          to: row.status,
          by: AUTOMATION,
          runId: row.run_id,
          note: row.error?.message ?? null,
        })),
    );
    for (const row of failed) await this.alerts.open(uow, row, row.error?.message ?? 'its run failed');
  }
}
