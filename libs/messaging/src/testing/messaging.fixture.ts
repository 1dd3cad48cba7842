import { type MessageContract, natsServer } from '@fiction/contracts';
import { Database, DatabaseModule, loadConfig, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { createTestDatabase, startTestNats, until, type TestDatabase, type TestNats } from '@fiction/testing';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { connect, headers, type NatsConnection } from 'nats';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MessageHandlers, type MessageHandler } from '../inbox/message-handlers';
import { MessagingModule } from '../messaging.module';
import { MESSAGING_TABLES } from '../messaging.tables';
import { Outbox, outgoing } from '../outbox/outbox';
import { connectRequestServer } from '../requests/request-server';

/** `notes` is where a test's handlers write what reached them. */
class Tables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${MESSAGING_TABLES}
      CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text NOT NULL)`);
  }

  async down(): Promise<void> {
    // Tests begin with an empty database.
  }
}

@Module({})
class ServiceModule {}

export interface MessagingFixtureOptions {
  replicas?: number;
  controllers?: Type<unknown>[];
  /** Whether every message and request of the service must be handled, as in the service itself. */
  checked?: boolean;
  /** Registers the handlers of a replica. */
  handle?: (handlers: MessageHandlers, replica: number) => void;
}

/** The messaging of a service, `scene-weaver`, with a database and a NATS server of its own. */
export class MessagingFixture {
  readonly replicas: NestExpressApplication[] = [];

  private constructor(
    private readonly options: MessagingFixtureOptions,
    private readonly testDatabase: TestDatabase,
    readonly server: TestNats,
    /** A connection that belongs to no replica. */
    readonly nats: NatsConnection,
  ) {}

  static async start(options: MessagingFixtureOptions = {}): Promise<MessagingFixture> {
    const [database, server] = await Promise.all([createTestDatabase(), startTestNats()]);
    const nats = await connect({ ...natsServer(server.url), maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    const fixture = new MessagingFixture(options, database, server, nats);
    for (let count = 0; count < (options.replicas ?? 1); count += 1) await fixture.addReplica();
    return fixture;
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
    await this.nats.close();
    await Promise.all([this.testDatabase.drop(), this.server.stop()]);
  }

  async addReplica(): Promise<NestExpressApplication> {
    const app = await this.tryReplica(this.options);
    this.replicas.push(app);
    return app;
  }

  /** Starts a replica that the test itself closes; one that does not come up is closed here. */
  async tryReplica(options: MessagingFixtureOptions): Promise<NestExpressApplication> {
    const config = this.config();
    const module: DynamicModule = {
      module: ServiceModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({ entities: [], migrations: [Tables1700000000000] }),
        options.checked ? MessagingModule : MessagingModule.unchecked(),
      ],
      controllers: options.controllers ?? [],
    };
    const app = await NestFactory.create<NestExpressApplication>(module, { logger: false, abortOnError: false });
    options.handle?.(app.get(MessageHandlers, { strict: false }), this.replicas.length);
    connectRequestServer(app, config);
    try {
      await app.startAllMicroservices();
      await app.init();
    } catch (error) {
      await app.close();
      throw error;
    }
    return app;
  }

  get database(): Database {
    return this.replicas[0]!.get(Database, { strict: false });
  }

  async query<R>(sql: string, values: unknown[] = []): Promise<R[]> {
    return this.database.query<R>(sql, values);
  }

  /** What handlers have noted, in the order in which it was committed. */
  async notes(): Promise<string[]> {
    return (await this.query<{ note: string }>('SELECT note FROM notes ORDER BY id')).map((row) => row.note);
  }

  /** Sends messages the way services do: through the outbox, in one transaction. */
  async send<T>(contract: MessageContract<T>, bodies: T[]): Promise<void> {
    const outbox = this.replicas[0]!.get(Outbox, { strict: false });
    await this.database.transaction((uow) =>
      outbox.add(
        uow,
        bodies.map((body) => outgoing(contract, body)),
      ),
    );
  }

  /** Publishes a message, whatever it is, and waits until the stream has it. */
  async publish(subject: string, body: string, messageId: string = randomUUID()): Promise<void> {
    const head = headers();
    head.set('Nats-Msg-Id', messageId);
    await this.nats.jetstream().publish(subject, body, { headers: head });
  }

  /** Waits until a consumer has answered for every message published so far. */
  async settled(stream: string, consumer: string): Promise<void> {
    const manager = await this.nats.jetstreamManager();
    await until(`${consumer} has answered for every message`, async () => {
      const info = await manager.consumers.info(stream, consumer);
      return info.num_pending === 0 && info.num_ack_pending === 0;
    });
  }

  private config(): ServiceConfig {
    return loadConfig('scene-weaver', {
      DATABASE_URL: this.testDatabase.url,
      NATS_URL: this.server.url,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
    });
  }
}

/** A handler that writes down what `noteOf` makes of each message. */
export function noting<T>(noteOf: (body: T) => string): MessageHandler<T> {
  return async (bodies, uow) => {
    await uow.query('INSERT INTO notes (note) SELECT unnest($1::text[])', [bodies.map(noteOf)]);
  };
}
