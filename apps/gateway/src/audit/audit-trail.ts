import { auditRecorded, type AuditRecord } from '@fiction/contracts';
import { outgoing, Outbox } from '@fiction/messaging';
import { Database, METRICS_REGISTRY, within } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';

/** An answer waits no longer than this for its record, in milliseconds. */
const STORED_WITHIN_MS = 2_000;

/** Writes down who wrote what. Telemetry keeps it; until it has it, the outbox does. */
@Injectable()
export class AuditTrail {
  private readonly log = new Logger('Audit');
  private readonly missing: Counter;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    this.missing = new Counter({
      name: 'fiction_audit_unstored_total',
      help: 'Writes that could not be stored in the audit trail in time; each is in the log',
      registers: [registry],
    });
  }

  /**
   * Stores a record, or, when that cannot be done in time, writes it to the log. Never throws: what the record tells of
   * has been done already.
   */
  async record(describe: () => AuditRecord): Promise<void> {
    let record: AuditRecord | undefined;
    try {
      record = describe();
      const stored = await within(STORED_WITHIN_MS, this.store(record));
      if (stored === undefined) this.tell(record, `not stored within ${STORED_WITHIN_MS} ms`);
    } catch (error) {
      this.tell(record, error instanceof Error ? error.message : String(error));
    }
  }

  private async store(record: AuditRecord): Promise<true> {
    const message = outgoing(auditRecorded, record, record.eventId);
    await this.database.transaction((uow) => this.outbox.add(uow, [message]));
    return true;
  }

  private tell(record: AuditRecord | undefined, reason: string): void {
    this.missing.inc();
    this.log.error(`could not write to the audit trail: ${JSON.stringify(record)}: ${reason}`);
  }
}
