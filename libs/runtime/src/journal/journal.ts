import { Outbox } from '@fiction/messaging';
import { Batcher, Database, isConnectionLoss, type UnitOfWork } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Nudger } from '../queue/nudger';
import { runEventMessage } from './run-events';
import { insertSteps, liveAttempts, recordedBy, updateRuns } from './journal.sql';
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
        return await this.database.transaction((uow) => this.write(uow, entries));
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

  private async write(uow: UnitOfWork, entries: JournalEntry[]): Promise<JournalOutcome[]> {
    const live = await liveAttempts(uow, entries);
    const current = entries.filter((entry) => live.get(entry.run.runId) === entry.run.attempt);
    const written = await this.writeSteps(uow, current);

    for (const entry of written) await entry.effect?.(uow);
    const ended = written.filter((entry) => entry.transition !== undefined);
    if (ended.length > 0) {
      await updateRuns(uow, ended);
      this.nudgeAgain(uow, ended);
    }
    await this.outbox.add(
      uow,
      written.flatMap((entry) =>
        entry.event
          ? [runEventMessage({ ...entry.run, attempt: attemptTold(entry), usage: entry.usage }, entry.event)]
          : [],
      ),
    );
    const counted = new Set(await this.countedBefore(uow, entries, written));
    return entries.map((entry) => (written.includes(entry) || counted.has(entry) ? 'recorded' : 'stale'));
  }

  /** The entries of `current` whose step was not there yet; one without a step always is. */
  private async writeSteps(uow: UnitOfWork, current: JournalEntry[]): Promise<JournalEntry[]> {
    const withStep = current.filter((entry) => entry.step !== undefined);
    if (withStep.length === 0) return current;
    const inserted = await insertSteps(uow, withStep);
    return current.filter(
      (entry) => entry.step === undefined || inserted.has(`${entry.run.runId}\n${entry.step.name}`),
    );
  }

  /**
   * A connection that is lost during COMMIT leaves open whether it happened. On the second try, what this very attempt
   * has recorded already counts as recorded, not as stale.
   */
  private async countedBefore(
    uow: UnitOfWork,
    entries: JournalEntry[],
    written: JournalEntry[],
  ): Promise<JournalEntry[]> {
    const missing = entries.filter((entry) => !written.includes(entry));
    return missing.length === 0 ? [] : recordedBy(uow, missing);
  }

  private nudgeAgain(uow: UnitOfWork, ended: JournalEntry[]): void {
    const again = ended.filter((entry) => entry.transition?.status === 'queued');
    if (again.length === 0) return;
    uow.onCommit(() =>
      this.nudger.nudge(
        again.map(({ run, transition }) => ({
          runId: run.runId,
          attempt: run.attempt + 1,
          delayMs: transition?.delayMs ?? 0,
        })),
      ),
    );
  }
}

/** What goes back to the queue is told of as the attempt that comes next. */
function attemptTold({ run, transition }: JournalEntry): number {
  return transition?.status === 'queued' ? run.attempt + 1 : run.attempt;
}
