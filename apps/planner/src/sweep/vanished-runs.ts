import {
  PHASE_OWNER,
  PHASE_SERVICES,
  readRunRecords,
  type ProgressStatus,
  type RunEvent,
  type RunRecord,
  type ServiceName,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Database, eachAlone, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Dispatcher } from '../graph/dispatcher';
import { RunResults } from '../graph/run-results';
import { SPENDING, type Spending } from '../plans/budget';
import { START_COLUMNS, type StartPlan, type StartRow } from '../graph/start-of';

type SilentRow = StartRow & { plan_id: string };

const MOST = 200;
/** Marked when they are asked after, so that each is asked after once in a while and not all the time. */
const SILENT = `
  UPDATE items SET swept_at = $1 WHERE id IN (
    SELECT id FROM items
    WHERE status IN ('queued', 'running') AND changed_at < $2 AND (swept_at IS NULL OR swept_at < $2)
    ORDER BY changed_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED)
  RETURNING ${START_COLUMNS}, plan_id`;
const STILL = `
  SELECT ${START_COLUMNS} FROM items
  WHERE id = $1 AND status IN ('queued', 'running') AND revision = $2 AND resumption = $3 FOR NO KEY UPDATE`;
const PLAN = `
  SELECT b.brief, p.correlation_id, ${SPENDING} FROM plans p JOIN branches b ON b.plan_id = p.id WHERE p.id = $1 AND b.name = $2`;

const ENDED: Partial<Record<RunRecord['status'], ProgressStatus>> = {
  complete: 'Completed',
  failed: 'Failed',
  blocked: 'Blocked',
  cancelled: 'Cancelled',
};

/**
 * Asks after items that are under way and of which nothing was heard for long. Messages are not lost; worlds are: a service
 * may have been set up anew from an older backup. What it does not know is handed out again, what it has ended is taken as
 * ended.
 */
@Injectable()
export class VanishedRuns {
  private readonly log = new Logger(VanishedRuns.name);

  constructor(
    private readonly database: Database,
    private readonly requester: Requester,
    private readonly dispatcher: Dispatcher,
    private readonly results: RunResults,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  async sweep(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.vanishedSeconds * 1000);
    const rows = await this.database.query<SilentRow>(SILENT, [now, before]);
    const services = PHASE_SERVICES.map((service) => ({
      service,
      silent: rows.filter((row) => PHASE_OWNER[row.phase] === service),
    }));
    // A service that is away keeps no other one waiting.
    await eachAlone(
      services.filter(({ silent }) => silent.length > 0),
      ({ service, silent }) => this.askAfter(service, silent, now),
      ({ service }, error) => this.log.warn(`could not ask ${service} about its runs; trying again: ${String(error)}`),
    );
  }

  private async askAfter(service: ServiceName, silent: SilentRow[], now: Date): Promise<void> {
    const runIds = silent.map((row) => row.run_id);
    const { runs } = await this.requester.ask(readRunRecords(service), { runIds });
    const known = new Map(runs.map((run) => [run.runId, run]));
    for (const row of silent) {
      const run = known.get(row.run_id);
      if (run === undefined || isBehind(run, row)) await this.handOutAgain(row);
      else if (ENDED[run.status] !== undefined) await this.settle(run, now);
    }
  }

  private async handOutAgain(row: SilentRow): Promise<void> {
    await this.database.transaction(async (uow) => {
      const still = await uow.query<StartRow>(STILL, [row.id, row.revision, row.resumption]);
      const [plan] = await uow.query<StartPlan & Spending>(PLAN, [row.plan_id, row.branch]);
      if (still.length === 0 || plan === undefined) return;
      this.log.warn(`${row.id} is under way, but its service does not know the run; handing it out again`);
      await this.dispatcher.handOut(uow, row.plan_id, plan, still);
    });
  }

  private async settle(run: RunRecord, now: Date): Promise<void> {
    const event: RunEvent = {
      ...run,
      eventId: randomUUID(),
      status: ENDED[run.status]!,
      percent: run.status === 'complete' ? 100 : 0,
      checkpoint: run.status === 'complete' ? 'complete' : run.status === 'cancelled' ? 'cancelled' : 'in-progress',
      occurredAt: now.toISOString(),
    };
    this.log.warn(`${run.runId} ended as ${run.status}, but the planner was not told; recording it now`);
    await this.database.transaction((uow) => this.results.settle(uow, [event]));
  }
}

/** Whether a run is of an earlier start than its item. */
function isBehind(run: RunRecord, row: StartRow): boolean {
  if (run.revision !== row.revision) return run.revision < row.revision;
  return run.resumption < row.resumption && run.status !== 'complete';
}
