import {
  alertCauseReported,
  cancelRunCommandOf,
  listOpenRuns,
  PHASE_SERVICES,
  WORKING_SERVICES,
  type RunRecord,
  type ServiceName,
} from '@fiction/contracts';
import { outgoing, Outbox, Requester, type OutgoingMessage } from '@fiction/messaging';
import { Database, eachAlone, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { RunStarts } from '@fiction/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

interface OrphanRow {
  run_id: string;
  plan_id: string;
  branch: string;
}

const KNOWN = `SELECT run_id FROM items WHERE run_id = ANY($1::text[])`;
const FOUND = `
  INSERT INTO orphans (run_id, service, plan_id, branch, found_at)
  SELECT run_id, $1, plan_id, branch, $2 FROM unnest($3::text[], $4::text[], $5::text[]) AS o (run_id, plan_id, branch)
  ON CONFLICT DO NOTHING RETURNING run_id, plan_id, branch`;
const GONE = `DELETE FROM orphans WHERE service = $1 AND run_id <> ALL($2::text[]) RETURNING run_id, plan_id, branch`;

/** Finds runs that are under way and that no item stands for: they are ended, since what they write nobody waits for. */
@Injectable()
export class OrphanRuns {
  private readonly log = new Logger(OrphanRuns.name);

  constructor(
    private readonly database: Database,
    private readonly requester: Requester,
    private readonly outbox: Outbox,
    private readonly runs: RunStarts,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** A service that is away keeps no other one waiting. */
  async sweep(now: Date): Promise<void> {
    await eachAlone(
      PHASE_SERVICES,
      (service) => this.sweepService(service, now),
      (service, error) => this.log.warn(`could not ask ${service} for orphaned runs; trying again: ${String(error)}`),
    );
  }

  private async sweepService(service: ServiceName, now: Date): Promise<void> {
    const orphans = await this.orphansOf(service, now);
    await this.database.transaction(async (uow) => {
      const found = await uow.query<OrphanRow>(FOUND, [
        service,
        now,
        orphans.map((run) => run.runId),
        orphans.map((run) => run.planId),
        orphans.map((run) => run.branch),
      ]);
      const gone = await uow.query<OrphanRow>(GONE, [service, orphans.map((run) => run.runId)]);
      await this.outbox.add(uow, [
        ...found.map((row) => report(row, true, now)),
        ...gone.map((row) => report(row, false, now)),
      ]);
      const cancels = found.map((row) => ({ runId: row.run_id, reason: 'it has no backlog item' }));
      const working = WORKING_SERVICES.find((name) => name === service);
      if (working === undefined) await this.runs.cancel(uow, cancels);
      else
        await this.outbox.add(
          uow,
          cancels.map((cancel) => outgoing(cancelRunCommandOf(working), cancel)),
        );
    });
  }

  private async orphansOf(service: ServiceName, now: Date): Promise<RunRecord[]> {
    const before = new Date(now.getTime() - this.config.vanishedSeconds * 1000).toISOString();
    const orphans: RunRecord[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await this.requester.ask(listOpenRuns(service), { before, cursor, limit: 200 });
      const rows = await this.database.query<{ run_id: string }>(KNOWN, [page.items.map((run) => run.runId)]);
      const known = new Set(rows.map((row) => row.run_id));
      orphans.push(...page.items.filter((run) => !known.has(run.runId)));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    return orphans;
  }
}

function report({ run_id: runId, plan_id: planId, branch }: OrphanRow, present: boolean, now: Date): OutgoingMessage {
  const eventId = randomUUID();
  const body = {
    eventId,
    rule: 'orphan' as const,
    cause: runId,
    severity: 'warning' as const,
    itemIds: [],
    message: `${runId} is under way but has no backlog item; it is being ended.`,
    planId,
    branch,
    present,
    occurredAt: now.toISOString(),
  };
  return outgoing(alertCauseReported, body, eventId);
}
