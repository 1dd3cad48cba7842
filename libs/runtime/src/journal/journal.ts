import type { RunEvent } from '@fiction/contracts';
import { Outbox } from '@fiction/messaging';
import { Database, isUnavailable, isConflict, oneByOne, tookTooLong, type UnitOfWork } from '@fiction/platform';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Nudger } from '../queue/nudger';
import type { GatheredEffect } from '../runs/run.types';
import { Completions, type CompletionListener } from './completions';
import { recordedBefore, recordEntries, toldEvent, type ToldEvent } from './journal.sql';
import type { JournalEntry, JournalOutcome } from './journal.types';
import { runEvent, type EventSubject } from './run-events';
import { Writers } from './writers';

/** The first pause while PostgreSQL cannot write, and the longest; each is twice the one before. */
const RETRY_MS = { first: 100, longest: 400 };

/** An entry with what it tells: made once, so that an event that is written down twice is known by its id. */
interface Prepared {
  entry: JournalEntry;
  event: ToldEvent | undefined;
  /** That the run is complete, for whoever listens. */
  completed: RunEvent | undefined;
}

/** Whoever listens has failed; that the runs are complete will be heard of by the bus. */
class NotHeardError extends Error {}

/**
 * Where everything that runs do is written down. What comes to one of its two writers within a tick, and while its commit
 * before is under way, shares one commit. Each entry counts only while its attempt is the current one: the row of the run is
 * locked, looked at, and what is stale is left out.
 */
@Injectable()
export class Journal {
  private readonly log = new Logger(Journal.name);
  private readonly writers = new Writers<Prepared, JournalOutcome>((batch) => this.flush(batch));
  private closing = false;
  /** What PostgreSQL said last to each batch that waits. */
  private readonly refusals = new Map<symbol, string>();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly nudger: Nudger,
    private readonly completions: Completions,
  ) {}

  /** Resolves once the entry is committed. While PostgreSQL cannot write it waits: what it holds may have been paid for. */
  async record(entry: JournalEntry): Promise<JournalOutcome> {
    const event = entry.event && runEvent(told(entry), entry.event);
    const completed = entry.transition?.status === 'complete' ? event : undefined;
    const prepared = { entry, event: event && toldEvent(event), completed };
    return this.writers.add(entry.run.runId, prepared, entry.effect !== undefined || entry.transition !== undefined);
  }

  /** Why nothing can be recorded now; undefined: it can, or there is nothing to record. */
  problem(): string | undefined {
    const [refusal] = this.refusals.values();
    return refusal && `PostgreSQL cannot write, and answers wait: ${refusal}`;
  }

  /** Stops waiting for a PostgreSQL that is away, then lets what is under way end. */
  async close(): Promise<void> {
    this.closing = true;
    await this.writers.idle();
  }

  private async flush(batch: Prepared[]): Promise<Outcomes> {
    const sound = batch.filter(({ entry }) => entry.chain?.failure === undefined);
    if (sound.length === batch.length) return this.flushSound(batch);
    const outcomes = sound.length === 0 ? [] : await this.flushSound(sound);
    const outcomeOf = new Map(sound.map((one, n) => [one, outcomes[n]!]));
    return batch.map((one) => outcomeOf.get(one) ?? Promise.reject(one.entry.chain!.failure!.error as Error));
  }

  private async flushSound(batch: Prepared[]): Promise<Outcomes> {
    const place = Symbol('batch');
    try {
      return await this.writeOnceAble(batch, place);
    } finally {
      this.refusals.delete(place);
    }
  }

  private async writeOnceAble(batch: Prepared[], place: symbol): Promise<Outcomes> {
    for (let retryMs = RETRY_MS.first; ; retryMs = Math.min(2 * retryMs, RETRY_MS.longest)) {
      try {
        return await this.write(batch);
      } catch (error) {
        if (error instanceof NotHeardError) {
          this.log.warn(`what follows from completed runs is handled later, from the bus: ${error.message}`);
          batch = batch.map((one) => ({ ...one, completed: undefined }));
        } else if ((isUnavailable(error) || tookTooLong(error)) && !this.closing) {
          const { message } = error as Error;
          this.log.warn(`PostgreSQL cannot write now; ${batch.length} entries wait: ${message}`);
          this.refusals.set(place, message);
          await pause(retryMs);
        } else if (batch.length > 1) {
          // One entry whose effect fails must not take its neighbours with it. What a run tells stays in order.
          return oneByOne(batch, async (one) => (await this.flush([one]))[0]!);
        } else {
          const { chain } = batch[0]!.entry;
          if (chain !== undefined) chain.failure ??= { error };
          throw error;
        }
      }
    }
  }

  /** One statement; only what has effects on other tables needs a transaction around it. */
  private async write(batch: Prepared[]): Promise<JournalOutcome[]> {
    const entries = batch.map(({ entry }) => entry);
    const events = batch.map(({ event }) => event);
    const listener = batch.some(({ completed }) => completed !== undefined) ? this.completions.listener : undefined;
    const recorded =
      listener !== undefined || entries.some((entry) => entry.effect !== undefined)
        ? await this.database.transaction((uow) => this.writeWithEffects(uow, batch, listener))
        : await recordEntries(this.database, entries, events);
    this.outbox.relay(recorded.placed);
    const missing = entries.flatMap((entry, n) => (recorded.written.has(n) ? [] : [{ n, entry }]));
    // A connection that is lost during COMMIT leaves open whether it happened. On the second try, what this very attempt
    // has recorded already counts as recorded, not as stale.
    const before = missing.length === 0 ? new Set() : await recordedBefore(this.database, missing);
    const outcomes = entries.map((_, n): JournalOutcome =>
      recorded.written.has(n) || before.has(n) ? 'recorded' : 'stale',
    );
    this.nudgeAgain(entries.filter((_, n) => outcomes[n] === 'recorded'));
    return outcomes;
  }

  private async writeWithEffects(uow: UnitOfWork, batch: Prepared[], listener?: CompletionListener): Promise<Recorded> {
    const entries = batch.map(({ entry }) => entry);
    const events = batch.map(({ event }) => event);
    const recorded = await recordEntries(uow, entries, events);
    const completed = batch.flatMap((one, n) => (recorded.written.has(n) ? (one.completed ?? []) : []));
    if (listener !== undefined && completed.length > 0) await heard(listener.prepare(uow, completed));
    await takeEffect(
      uow,
      entries.filter((_, n) => recorded.written.has(n)),
    );
    if (listener !== undefined && completed.length > 0) await heard(listener.completed(uow, completed));
    return recorded;
  }

  private nudgeAgain(recorded: JournalEntry[]): void {
    const again = recorded.filter((entry) => entry.transition?.status === 'queued');
    this.nudger.nudge(
      again.map(({ run, transition }) => ({
        runId: run.runId,
        attempt: run.attempt + 1,
        delayMs: transition?.delayMs ?? 0,
      })),
    );
  }
}

async function takeEffect(uow: UnitOfWork, entries: JournalEntry[]): Promise<void> {
  const together = new Map<GatheredEffect['write'], GatheredEffect['of'][]>();
  for (const { effect } of entries) {
    if (typeof effect === 'function') await effect(uow);
    else if (effect !== undefined) together.set(effect.write, [...(together.get(effect.write) ?? []), effect.of]);
  }
  for (const [write, all] of together) await write(uow, all);
}

/** What the listener cannot do must not keep runs from being complete. If another was in its way, all is tried again. */
async function heard(listening: Promise<unknown>): Promise<void> {
  try {
    await listening;
  } catch (error) {
    if (isUnavailable(error) || isConflict(error)) throw error;
    throw new NotHeardError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

type Recorded = Awaited<ReturnType<typeof recordEntries>>;

/** An outcome for each entry; one that could not be written is a promise that rejects. */
type Outcomes = (JournalOutcome | Promise<JournalOutcome>)[];

/** The run as the event tells of it; what goes back to the queue is told of as the attempt that comes next. */
function told({ run, usage, counts, transition }: JournalEntry): EventSubject {
  return { ...run, attempt: transition?.status === 'queued' ? run.attempt + 1 : run.attempt, usage, steps: counts };
}
