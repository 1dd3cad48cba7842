import { Outbox } from '@fiction/messaging';
import { Batcher, Database, isConnectionLoss } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Nudger } from '../queue/nudger';
import { recordedBefore, recordEntries } from './journal.sql';
import { runEvent, type EventSubject } from './run-events';
import type { JournalEntry, JournalOutcome } from './journal.types';

const BATCH = { maxItems: 128, maxFlushes: 1 };
const RETRY_MS = 100;

/**
 * Where everything that runs do is written down. What comes in within a tick shares one commit. Each entry counts only
 * while its attempt is the current one: the row of the run is locked, looked at, and what is stale is left out.
 */
@Injectable()
export class Journal {
  private readonly log = new Logger(Journal.name);
  private readonly batcher = new Batcher<JournalEntry, JournalOutcome>((entries) => this.flush(entries), BATCH);
  private closing = false;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
  ) {}

  /** Resolves once the entry is committed. While PostgreSQL is away it waits: what it holds may have been paid for. */
  record(entry: JournalEntry): Promise<JournalOutcome> {
    return this.batcher.add(entry);
  }

  /** Stops waiting for a PostgreSQL that is away, then lets what is under way end. */
  async close(): Promise<void> {
    this.closing = true;
    await this.batcher.idle();
  }

  private async flush(entries: JournalEntry[]): Promise<JournalOutcome[]> {
    for (;;) {
      try {
        return await this.write(entries);
      } catch (error) {
        if (isConnectionLoss(error) && !this.closing) {
          this.log.warn(`PostgreSQL is away; ${entries.length} entries wait`);
          await pause(RETRY_MS);
        } else if (entries.length > 1) {
          return this.oneByOne(entries);
        } else {
          throw error;
        }
      }
    }
  }

  /** One entry whose effect fails must not take its neighbours with it. */
  private async oneByOne(entries: JournalEntry[]): Promise<JournalOutcome[]> {
    const settled = await Promise.allSettled(entries.map((entry) => this.flush([entry])));
    return settled.map((result) => {
      if (result.status === 'fulfilled') return result.value[0]!;
      return Promise.reject(result.reason) as never;
    });
  }

  /** One statement; only what has effects on other tables needs a transaction around it. */
  private async write(entries: JournalEntry[]): Promise<JournalOutcome[]> {
    const events = entries.map((entry) => entry.event && runEvent(told(entry), entry.event));
    const recorded = entries.some((entry) => entry.effect !== undefined)
      ? await this.database.transaction(async (uow) => {
          const { written, placed } = await recordEntries(uow, entries, events);
          for (const [n, entry] of entries.entries()) if (written.has(n)) await entry.effect?.(uow);
          return { written, placed };
        })
      : await recordEntries(this.database, entries, events);
    this.outbox.relay(recorded.placed);
    this.nudgeAgain(entries.filter((_, n) => recorded.written.has(n)));
    const missing = entries.flatMap((entry, n) => (recorded.written.has(n) ? [] : [{ n, entry }]));
    // A connection that is lost during COMMIT leaves open whether it happened. On the second try, what this very attempt
    // has recorded already counts as recorded, not as stale.
    const before = missing.length === 0 ? new Set() : await recordedBefore(this.database, missing);
    return entries.map((_, n) => (recorded.written.has(n) || before.has(n) ? 'recorded' : 'stale'));
  }

  private nudgeAgain(written: JournalEntry[]): void {
    const again = written.filter((entry) => entry.transition?.status === 'queued');
    this.nudger.nudge(
      again.map(({ run, transition }) => ({
        runId: run.runId,
        attempt: run.attempt + 1,
        delayMs: transition?.delayMs ?? 0,
      })),
    );
  }
}

/** The run as the event tells of it; what goes back to the queue is told of as the attempt that comes next. */
function told({ run, usage, transition }: JournalEntry): EventSubject {
  return { ...run, attempt: transition?.status === 'queued' ? run.attempt + 1 : run.attempt, usage };
}
