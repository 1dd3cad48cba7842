import {
  connectionSettings,
  Database,
  HealthRegistry,
  SERVICE_CONFIG,
  within,
  type ServiceConfig,
} from '@fiction/platform';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const RECONNECT_MS = 50;
/** After an outage of PostgreSQL the living have this long to show that they live, in milliseconds. */
const SETTLE_MS = 3_000;
/** A connection begun while PostgreSQL ends may be answered by nobody. */
const CONNECT_WITHIN_MS = 1_000;

/** So often it is asked whether anything is heard over the connection; PostgreSQL gives up one that is dead after 15 s. */
const ASK_EVERY_MS = 2_000;
const ANSWER_WITHIN_MS = 5_000;
const CLOSE_WITHIN_MS = 1_000;

/**
 * PostgreSQL channel on which attempts that are no longer wanted are named: `<attempt> <run id>`; earlier attempts of the
 * run are meant too. Schemas share it: run ids do not collide.
 */
export const CANCEL_CHANNEL = 'fiction_cancel';

/** The same, of those that end once their open model calls have. */
export const STOP_CHANNEL = 'fiction_stop';

/** First key of the advisory locks of a schema's workers. */
export const WORKER_LOCK_CLASS = `hashtext('fiction-workers:' || current_schema())`;

/**
 * Tells the others that this process is alive: it holds an advisory lock, under its worker id, on a connection of its
 * own. The lock ends with the connection, and the connection with the process, however that ends: no timeout to wait
 * for. On the same connection it hears which runs are to be cancelled.
 */
@Injectable()
export class Liveness implements OnModuleInit {
  private readonly log = new Logger(Liveness.name);
  private client: Client | undefined;
  private closed = false;
  /** When the lock was lost and taken again; the first time does not count. */
  private retakenAtMs: number | undefined;
  private id: number | undefined;
  private onCancel: (runId: string, attempt: number) => void = () => undefined;
  private onStop: (runId: string, attempt: number) => void = () => undefined;

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly database: Database,
    private readonly health: HealthRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    const [row] = await this.database.query<{ id: number }>(
      'INSERT INTO workers (host, pid) VALUES ($1, $2) RETURNING id',
      [hostname(), process.pid],
    );
    this.id = row!.id;
    await new Promise<void>((resolve) => {
      void this.maintain(resolve);
    });
    this.health.register('liveness', () => (this.client === undefined ? 'the liveness connection is down' : undefined));
  }

  /** Number of this process among the workers of its service. */
  get workerId(): number {
    if (this.id === undefined) throw new Error('The worker id is known only once the module is initialised');
    return this.id;
  }

  /**
   * Whether what the locks say of the others can be believed: not while our own is gone or has just come back, since then
   * theirs may be on their way too.
   */
  get trustworthy(): boolean {
    if (this.client === undefined) return false;
    return this.retakenAtMs === undefined || performance.now() - this.retakenAtMs > SETTLE_MS;
  }

  whenCancelled(listener: (runId: string, attempt: number) => void): void {
    this.onCancel = listener;
  }

  whenStopped(listener: (runId: string, attempt: number) => void): void {
    this.onStop = listener;
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.client !== undefined) await within(CLOSE_WITHIN_MS, this.client.end());
  }

  /** Keeps one connection with the lock on it; `ready` is called when it is there for the first time. */
  private async maintain(ready: () => void): Promise<void> {
    let before: Client | undefined;
    for (let first = true; !this.closed;) {
      try {
        this.client = await this.connect();
        if (!first) this.retakenAtMs = performance.now();
        first = false;
        // Only now: as long as there was no other, its lock said that this process lives.
        if (before !== undefined) this.discard(before);
        ready();
        await this.untilUnheard(this.client);
      } catch (error) {
        this.log.debug(`the liveness connection is lost: ${String(error)}`);
      }
      before = this.client ?? before;
      this.client = undefined;
      if (!this.closed) await pause(RECONNECT_MS);
    }
    if (before !== undefined) this.discard(before);
  }

  /** Returns when the connection has ended; throws when it has died without a word, and nothing is heard over it. */
  private async untilUnheard(client: Client): Promise<void> {
    let over = false;
    const ended = new Promise<void>((resolve) => client.once('end', resolve)).then(() => (over = true));
    while (!over && !this.closed) {
      await Promise.race([ended, pause(ASK_EVERY_MS, undefined, { ref: false })]);
      if (!over && !this.closed) await client.query('SELECT 1');
    }
    await ended;
  }

  private discard(client: Client): void {
    void client.end().catch((error: unknown) => this.log.debug(String(error)));
  }

  /** Answers once the lock is held. */
  private async connect(): Promise<Client> {
    const client = new Client({
      ...connectionSettings(this.config),
      application_name: `fiction-${this.config.service}-liveness`,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    });
    client.on('error', (error) => this.log.debug(String(error)));
    client.on('notification', ({ channel, payload = '' }) => {
      const space = payload.indexOf(' ');
      const tell = channel === STOP_CHANNEL ? this.onStop : this.onCancel;
      tell(payload.slice(space + 1), Number(payload.slice(0, space)));
    });
    try {
      await client.connect();
      // Shared: a connection that PostgreSQL has not yet noticed to be dead must not keep its successor waiting.
      await client.query(`SELECT pg_advisory_lock_shared(${WORKER_LOCK_CLASS}, $1)`, [this.workerId]);
      await client.query(`LISTEN ${CANCEL_CHANNEL}; LISTEN ${STOP_CHANNEL}`);
      if (this.closed) throw new Error('this process is ending');
    } catch (error) {
      this.discard(client);
      throw error;
    }
    return client;
  }
}
