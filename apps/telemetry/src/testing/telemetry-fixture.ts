import {
  EVENT_STREAM,
  runFinished,
  runProgressed,
  FINAL_STATUSES,
  type RunEvent,
  natsServer,
} from '@fiction/contracts';
import { connectRequestServer, Requester } from '@fiction/messaging';
import { Clock, Database, loadConfig } from '@fiction/platform';
import {
  createTestDatabase,
  ManualClock,
  startTestNats,
  until,
  type TestDatabase,
  type TestNats,
} from '@fiction/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { connect, headers, type NatsConnection } from 'nats';
import { randomUUID } from 'node:crypto';
import { AlertWatch } from '../alerts/alert-watch';
import { HistoryRecorder, type HistoryEvent } from '../history/history.recorder';
import { TelemetryModule } from '../telemetry.module';

/** An event as it is in the database. */
export interface HistoryRow {
  seq: number;
  event_id: string;
}

/** How soon is nobody's claim here, and the machine may be busy. */
const SETTLED_WITHIN_MS = 20_000;

/** Telemetry on a database and a NATS server of its own, with as many replicas as a test starts. */
export class TelemetryFixture {
  readonly replicas: NestExpressApplication[] = [];
  /** The time of all replicas; it begins when the events of `runEvent` occur. */
  readonly clock = new ManualClock();

  private constructor(
    private readonly database: TestDatabase,
    private readonly server: TestNats,
    /** A connection that belongs to no replica: what the other services are. */
    readonly nats: NatsConnection,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(replicas = 1, environment: Record<string, string> = {}): Promise<TelemetryFixture> {
    const [database, server] = await Promise.all([createTestDatabase(), startTestNats()]);
    const fixture = new TelemetryFixture(database, server, await connect(natsServer(server.url)), environment);
    for (let count = 0; count < replicas; count += 1) await fixture.addReplica();
    return fixture;
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
    await this.nats.close();
    await Promise.all([this.database.drop(), this.server.stop()]);
  }

  async addReplica(): Promise<void> {
    const config = loadConfig('telemetry', {
      DATABASE_URL: this.database.url,
      NATS_URL: this.server.url,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
      // After the first time, at the start, a test says when to sweep.
      FICTION_SWEEP_SECONDS: '3600',
      ...this.environment,
    });
    const module = await Test.createTestingModule({ imports: [TelemetryModule.forService(config)] })
      .overrideProvider(Clock)
      .useValue(this.clock)
      .compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false, abortOnError: false });
    connectRequestServer(app, config);
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    this.replicas.push(app);
  }

  get requester(): Requester {
    return this.replicas[0]!.get(Requester, { strict: false });
  }

  /** Publishes a message and waits until the stream has it. */
  async publish(subject: string, body: string, messageId: string = randomUUID()): Promise<void> {
    const head = headers();
    head.set('Nats-Msg-Id', messageId);
    await this.nats.jetstream().publish(subject, body, { headers: head });
  }

  /** Delivers an event; each call is another delivery, which the inbox does not know. */
  async deliver(event: RunEvent): Promise<void> {
    const { subject } = FINAL_STATUSES.has(event.status) ? runFinished : runProgressed;
    await this.publish(subject, JSON.stringify({ events: [event] }));
  }

  /** Waits until every message published so far has been handled or put aside. */
  async settled(): Promise<void> {
    const manager = await this.nats.jetstreamManager();
    const isSettled = async (): Promise<boolean> => {
      const consumer = await manager.consumers.info(EVENT_STREAM.name, 'telemetry-history');
      return consumer.num_pending === 0 && consumer.num_ack_pending === 0;
    };
    await until('telemetry has handled every message', isSettled, SETTLED_WITHIN_MS);
  }

  /** Records a batch as the consumer of a replica would, without the bus. */
  async record(bodies: HistoryEvent[], replica = 0): Promise<void> {
    const app = this.replicas[replica]!;
    const recorder = app.get(HistoryRecorder, { strict: false });
    await app.get(Database, { strict: false }).transaction((uow) => recorder.record(bodies, uow));
  }

  /** Has a replica look for what only time brings about. */
  async sweep(replica = 0): Promise<void> {
    await this.replicas[replica]!.get(AlertWatch, { strict: false }).sweep();
  }

  async query<R>(sql: string, values: unknown[] = []): Promise<R[]> {
    return this.replicas[0]!.get(Database, { strict: false }).query<R>(sql, values);
  }

  /** Does `work` while nobody gets to read these tables. */
  async whileLocked(tables: string, work: () => Promise<void>): Promise<void> {
    await this.replicas[0]!.get(Database, { strict: false }).transaction(async (uow) => {
      await uow.query(`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
      await work();
    });
  }

  async history(planId: string): Promise<HistoryRow[]> {
    return this.query('SELECT seq::float8, event_id FROM events WHERE plan_id = $1 ORDER BY seq', [planId]);
  }

  async metrics(): Promise<string> {
    return (await fetch(`${await this.replicas[0]!.getUrl()}/metrics`)).text();
  }
}
