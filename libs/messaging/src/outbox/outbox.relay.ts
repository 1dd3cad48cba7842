import { STREAMS } from '@fiction/contracts';
import { Database, isConnectionLoss, Loop } from '@fiction/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus } from '../bus/bus.service';

const BATCH = 512;
/** How often messages left by a process that died are looked for, in milliseconds. */
const RELAY_EVERY_MS = 500;
/** How often what everybody has received is cleared, and a lost stream is noticed, in milliseconds. */
const SETTLE_EVERY_MS = 1_000;

interface OutboxRow {
  position: string;
  id: string;
  stream: string;
  subject: string;
  body: string;
}

const TAKE = `
  SELECT position, id, stream, subject, body FROM outbox
  WHERE stream_seq IS NULL ORDER BY position LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
const PUBLISHED = `
  UPDATE outbox SET stream_seq = done.seq, incarnation = done.incarnation
  FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS done (position, seq, incarnation)
  WHERE outbox.position = done.position`;
const SETTLED = `DELETE FROM outbox WHERE stream = $1 AND incarnation = $2 AND stream_seq < $3`;
const LOST = `UPDATE outbox SET stream_seq = NULL WHERE stream = $1 AND stream_seq IS NOT NULL AND incarnation <> $2
  RETURNING 1 AS again`;

/**
 * Publishes what waits in the outbox, in order, and keeps it until the stream says that every consumer has it. When
 * the stream was lost meanwhile (another incarnation), what it may have held is published again; receivers know a
 * repetition by its id.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap {
  private readonly log = new Logger(OutboxRelay.name);
  private readonly incarnations = new Map<string, string>();
  private readonly relaying = new Loop(() => this.relay(), { everyMs: RELAY_EVERY_MS, onError: (e) => this.report(e) });
  private readonly settling = new Loop(() => this.settle(), {
    everyMs: SETTLE_EVERY_MS,
    onError: (e) => this.report(e),
  });

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.onReconnect(() => this.settling.wake());
    this.relaying.start();
    this.settling.start();
  }

  wake(): void {
    this.relaying.wake();
  }

  async stop(): Promise<void> {
    await Promise.all([this.relaying.stop(), this.settling.stop()]);
  }

  private async relay(): Promise<void> {
    for (let taken = BATCH; taken === BATCH;) {
      taken = await this.database.transaction(async (uow) => {
        const rows = await uow.query<OutboxRow>(TAKE);
        if (rows.length === 0) return 0;
        for (const row of rows) if (!this.incarnations.has(row.stream)) await this.learn(row.stream);
        const acks = await Promise.all(rows.map((row) => this.bus.publish(row.subject, row.id, row.body)));
        await uow.query(PUBLISHED, [
          rows.map((row) => row.position),
          acks.map((ack) => ack.seq),
          rows.map((row) => this.incarnations.get(row.stream)),
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
    for (const { name } of STREAMS) {
      const firstSeq = await this.learn(name);
      const incarnation = this.incarnations.get(name);
      const again = await this.database.query(LOST, [name, incarnation]);
      if (again.length > 0) {
        this.log.warn(`${name} was lost; publishing ${again.length} messages again`);
        this.relaying.wake();
      }
      await this.database.query(SETTLED, [name, incarnation, firstSeq]);
    }
  }

  private report(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (isConnectionLoss(error)) this.log.debug(`PostgreSQL is out of reach: ${text}`);
    else this.log.warn(`messages wait in the outbox: ${text}`);
    void this.bus.ensureTopology().catch((second: unknown) => this.log.debug(`the streams: ${String(second)}`));
  }
}
