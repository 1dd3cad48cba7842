import { alertCauseReported } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Database, METRICS_REGISTRY, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Counter, type Registry } from 'prom-client';

interface MarkedRow {
  id: string;
  plan_id: string;
  branch: string;
  resume_timed_out: boolean;
}

/** Asked for, and not begun within the limit; and marked so, and begun or asked for again since. */
const MARK = `
  UPDATE items SET resume_timed_out = NOT resume_timed_out
  WHERE id IN (
    SELECT id FROM items
    WHERE (resume_requested_at IS NOT NULL OR resume_timed_out)
      AND resume_timed_out <> coalesce(resume_requested_at < $1, false)
    ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
  RETURNING id, plan_id, branch, resume_timed_out`;

/** Finds what was resumed and does not begin. */
@Injectable()
export class ResumeTimeouts {
  private readonly timeouts: Counter;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    this.timeouts = new Counter({
      name: 'fiction_resume_timeouts_total',
      help: 'Resumes that were asked for and not begun within the limit',
      registers: [registry],
    });
  }

  async sweep(now: Date): Promise<void> {
    const { resumeSeconds } = this.config;
    const limit = new Date(now.getTime() - resumeSeconds * 1000);
    const marked = await this.database.transaction(async (uow) => {
      const rows = await uow.query<MarkedRow>(MARK, [limit]);
      const reports = rows.map((row) => {
        const eventId = randomUUID();
        const message = `${row.id} was resumed but did not begin within ${resumeSeconds} s.`;
        const subject = { rule: 'resume-timeout', cause: row.id, severity: 'warning', message } as const;
        const { plan_id: planId, branch, resume_timed_out: present } = row;
        const body = { eventId, ...subject, itemIds: [row.id], planId, branch, present, occurredAt: now.toISOString() };
        return outgoing(alertCauseReported, body, eventId);
      });
      await this.outbox.add(uow, reports);
      return rows;
    });
    this.timeouts.inc(marked.filter((row) => row.resume_timed_out).length);
  }
}
