import { STREAMS } from '@fiction/contracts';
import { Batcher, Database, HealthRegistry, isUnavailable, Loop } from '@fiction/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Bus } from '../bus/bus.service';
import { NotStoredError } from '../bus/stream-publisher';
import type { PlacedMessage } from './outbox';

const BATCH = 512;
/** How often what everybody has received is cleared, and a lost stream is noticed, in milliseconds. */
const SETTLE_EVERY_MS = 500;
/** A message that is not settled after this long is noted as published, in milliseconds. */
const NOTE_AFTER_MS = 1_000;
/** A message waiting for longer was left by a process that died, in seconds; it is found every so often, in ms. */
const LEFT_AFTER_SECONDS = 3;
const SWEEP_EVERY_MS = 1_000;
/** More than this, held in memory while NATS is away, is left in the outbox alone. */
const MOST_WAITING = 20_000;
const RETRY_MS = 100;

interface Published {
  position: string;
  stream: string;
  seq: number;
  incarnation: string;
  atMs: number;
}

/** By a clock of PostgreSQL's that was set back, what was left has been written in the future. */
const IS_LEFT = `stream_seq IS NULL
  AND created_at NOT BETWEEN now() - interval '${LEFT_AFTER_SECONDS} seconds' AND now() + interval '${LEFT_AFTER_SECONDS} seconds'`;
const LEFT = `
  SELECT position, id, stream, subject, body::text FROM outbox
  WHERE ${IS_LEFT}
  ORDER BY position LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
const SOME_LEFT = `SELECT 1 FROM outbox WHERE ${IS_LEFT} LIMIT 1`;
const SOME_NOTED = `SELECT 1 FROM outbox WHERE stream_seq IS NOT NULL LIMIT 1`;
const NOTE = `
  UPDATE outbox SET stream_seq = done.seq, incarnation = done.incarnation
  FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS done (position, seq, incarnation)
  WHERE outbox.position = done.position`;
/** Of a stream, deletes what everybody has received, and lets be published again what it was lost with. */
const SETTLE = `
  WITH received AS (
    DELETE FROM outbox
    WHERE position = ANY($4::bigint[]) OR (stream = $1 AND incarnation = $2 AND stream_seq < $3))
  UPDATE outbox SET stream_seq = NULL, created_at = now() - interval '1 hour'
  WHERE stream = $1 AND stream_seq IS NOT NULL AND incarnation <> $2 AND position <> ALL($4::bigint[]) RETURNING 1 AS again`;

/**
 * Publishes what was put into the outbox as soon as it is committed, in order, and keeps it until the stream says that
 * every consumer has it. What a process that died has left is found and published by any other. When the stream was lost
 * meanwhile (another incarnation), what it may have held is published again. Receivers know a repetition by its id.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap {
  private readonly log = new Logger(OutboxRelay.name);
  private readonly incarnations = new Map<string, string>();
  /** Published by this process and not yet known to be received by all; what is lost with it is swept up. */
  private published: Published[] = [];
  /** Positions of rows on their way. */
  private readonly waiting = new Set<string>();
  private stopping = false;
  /** Why the last batch was not stored at once; undefined: it was. */
  private refusal: string | undefined;
  private readonly fresh = new Batcher<PlacedMessage, void>((rows) => this.publish(rows), {
    maxItems: BATCH,
    maxFlushes: 1,
  });
  private readonly settling = new Loop(() => this.settle(), {
    everyMs: SETTLE_EVERY_MS,
    onError: (e) => this.report(e),
  });
  private readonly sweeping = new Loop(() => this.sweep(), { everyMs: SWEEP_EVERY_MS, onError: (e) => this.report(e) });

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('outbox', () => this.refusal && `messages wait: ${this.refusal}`);
    this.bus.onReconnect(() => this.settling.wake());
    this.settling.start();
    this.sweeping.start();
  }

  /** Takes rows that have just been committed; more than can be held are left to be swept up. */
  relay(rows: PlacedMessage[]): void {
    if (this.waiting.size > MOST_WAITING) return;
    for (const row of rows) {
      this.waiting.add(row.position);
      this.fresh
        .add(row)
        .catch((error: unknown) => this.log.debug(`left to be swept up: ${String(error)}`))
        .finally(() => this.waiting.delete(row.position));
    }
  }

  /** Looks no more into the outbox, while there is still a database; what is not noted of it others find. */
  async stopLooking(): Promise<void> {
    await Promise.all([this.settling.stop(), this.sweeping.stop()]);
  }

  /** Publishes what is at hand, and ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.fresh.idle();
  }

  private async publish(rows: PlacedMessage[]): Promise<void[]> {
    const seqs = await this.untilStored(rows);
    const atMs = performance.now();
    for (const [index, { position, stream }] of rows.entries()) {
      const incarnation = this.incarnations.get(stream)!;
      this.published.push({ position, stream, seq: seqs[index]!, incarnation, atMs });
    }
    return rows.map(() => undefined);
  }

  /** While NATS is away, what comes after waits behind: the order stays. At the end it stays in the outbox. */
  private async untilStored(rows: PlacedMessage[]): Promise<number[]> {
    if (this.stopping && this.refusal !== undefined)
      throw new NotStoredError('this process is ending, and NATS cannot be reached');
    for (;;) {
      try {
        const seqs = await this.store(rows);
        this.refusal = undefined;
        return seqs;
      } catch (error) {
        const { refusal } = this;
        this.refusal = textOf(error);
        if (this.stopping) throw error;
        // It is tried often, and told of once.
        if (refusal === this.refusal) this.makeSure();
        else this.report(error);
        await pause(RETRY_MS);
      }
    }
  }

  private async store(rows: PlacedMessage[]): Promise<number[]> {
    for (const { stream } of rows) if (!this.incarnations.has(stream)) await this.learn(stream);
    return this.bus.publish(rows);
  }

  private async sweep(): Promise<void> {
    if ((await this.database.query(SOME_LEFT)).length === 0) return;
    for (let taken = BATCH; taken === BATCH;) {
      taken = await this.database.transaction(async (uow) => {
        const rows = await uow.query<PlacedMessage>(LEFT);
        const own = new Set(this.published.map((one) => one.position));
        const left = rows.filter((row) => !own.has(row.position) && !this.waiting.has(row.position));
        if (left.length === 0) return 0;
        const seqs = await this.store(left);
        await uow.query(NOTE, [
          left.map((row) => row.position),
          seqs,
          left.map((row) => this.incarnations.get(row.stream)),
        ]);
        return rows.length;
      });
    }
  }

  private async learn(stream: string): Promise<number> {
    const state = await this.bus.streamState(stream);
    this.incarnations.set(stream, state.incarnation);
    return state.firstSeq;
  }

  private async settle(): Promise<void> {
    if (this.published.length === 0 && (await this.database.query(SOME_NOTED)).length === 0) return;
    for (const { name } of STREAMS) {
      const before = this.published.filter((one) => one.stream === name);
      const firstSeq = await this.learn(name);
      const incarnation = this.incarnations.get(name)!;
      const received = before.filter((one) => one.incarnation === incarnation && one.seq < firstSeq);
      const late = performance.now() - NOTE_AFTER_MS;
      const noted = before.filter((one) => one.incarnation !== incarnation || (one.seq >= firstSeq && one.atMs < late));
      if (noted.length > 0) await this.note(noted);
      const positions = received.map((one) => one.position);
      const lost = await this.database.query(SETTLE, [name, incarnation, firstSeq, positions]);
      const done = new Set([...received, ...noted]);
      this.published = this.published.filter((one) => !done.has(one));
      if (lost.length > 0) {
        this.log.warn(`${name} was lost; publishing ${lost.length} messages again`);
        this.sweeping.wake();
      }
    }
  }

  private async note(published: Published[]): Promise<void> {
    await this.database.query(NOTE, [
      published.map((one) => one.position),
      published.map((one) => one.seq),
      published.map((one) => one.incarnation),
    ]);
  }

  private report(error: unknown): void {
    if (isUnavailable(error)) this.log.debug(`PostgreSQL is unavailable: ${textOf(error)}`);
    else this.log.warn(`messages wait in the outbox: ${textOf(error)}`);
    this.makeSure();
  }

  /** A stream may be gone, or not open yet. */
  private makeSure(): void {
    this.bus.ensureTopology().catch((second: unknown) => this.log.debug(`the streams: ${String(second)}`));
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
