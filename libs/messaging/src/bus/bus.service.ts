import { CONSUMERS, natsServer, STREAMS, type ConsumerTopology, type StreamTopology } from '@fiction/contracts';
import { HealthRegistry, SERVICE_CONFIG, within, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import {
  AckPolicy,
  DeliverPolicy,
  Events,
  RetentionPolicy,
  StorageType,
  type ConnectionOptions,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
} from 'nats';
import { firstConnection } from './first-connection';
import { StreamPublisher, type StreamMessage } from './stream-publisher';

/**
 * A message not acknowledged within this time is delivered again, in nanoseconds. It is how long what a killed process
 * had in hand stays away; that a slow one gets a message twice does no harm.
 */
const ACK_WAIT_NS = 5_000 * 1_000_000;
/** A message id published twice within this time is stored once, in nanoseconds. */
const DUPLICATE_WINDOW_NS = 120_000 * 1_000_000;
/** A stream that takes messages of this size, in bytes, takes none of ours. */
const CLOSED_BYTES = 1;
const OPEN_BYTES = -1;
/** NATS answers a question about its streams within this time or not at all, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;
const CLOSE_WITHIN_MS = 1_000;

/** Options under which a connection outlives any outage of the broker. */
export function durableConnection(url: string, name: string): ConnectionOptions {
  return {
    ...natsServer(url),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 50,
    waitOnFirstConnect: true,
    timeout: 5_000,
    pingInterval: 5_000,
    maxPingOut: 3,
    noAsyncTraces: true,
  };
}

/** The connection to NATS, its streams and consumers. It only carries: whatever it loses is published again. */
@Injectable()
export class Bus implements OnModuleInit {
  private readonly log = new Logger(Bus.name);
  private connection!: NatsConnection;
  private manager!: JetStreamManager;
  private client!: JetStreamClient;
  private publisher!: StreamPublisher;
  private ensuring: Promise<void> | undefined;
  private readonly reconnectHooks: (() => void)[] = [];

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly health: HealthRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.connection = await firstConnection(durableConnection(this.config.natsUrl, this.config.service), this.log);
    this.client = this.connection.jetstream({ timeout: ANSWER_WITHIN_MS });
    this.publisher = new StreamPublisher(this.connection);
    this.manager = await this.connection.jetstreamManager({ checkAPI: false, timeout: ANSWER_WITHIN_MS });
    await this.ensureTopology();
    void this.watch();
    this.health.register('bus', async () => {
      if (this.connection.isClosed()) return 'the connection to NATS is closed';
      await this.connection.flush();
      return undefined;
    });
  }

  get nats(): NatsConnection {
    return this.connection;
  }

  get jetstream(): JetStreamClient {
    return this.client;
  }

  onReconnect(hook: () => void): void {
    this.reconnectHooks.push(hook);
  }

  /** Makes sure of every stream and durable consumer; safe to call at any time, by every replica. */
  ensureTopology(): Promise<void> {
    this.ensuring ??= this.makeTopology().finally(() => {
      this.ensuring = undefined;
    });
    return this.ensuring;
  }

  /** Publishes to the streams, in order, and waits until all are stored; answers their sequence numbers. */
  async publish(messages: readonly StreamMessage[]): Promise<number[]> {
    return this.publisher.publish(messages);
  }

  /**
   * Which life of the stream this is, and the first message it still holds: every earlier one has been acknowledged by
   * all who care. A stream that was lost and made anew has another `incarnation`.
   */
  async streamState(stream: string): Promise<{ incarnation: string; firstSeq: number }> {
    const info = await this.manager.streams.info(stream);
    return { incarnation: String(info.created), firstSeq: info.state.first_seq };
  }

  /** Called last, once nothing publishes or consumes any more. */
  async close(): Promise<void> {
    if (this.connection === undefined || this.connection.isClosed()) return;
    // While NATS is away there is nobody to drain to, and the client would wait for it.
    await within(CLOSE_WITHIN_MS, this.connection.drain()).catch((error: unknown) => this.log.debug(String(error)));
    if (!this.connection.isClosed()) await within(CLOSE_WITHIN_MS, this.connection.close());
  }

  private async makeTopology(): Promise<void> {
    for (const stream of STREAMS) {
      const there = await this.sizeLimit(stream.name);
      if (there === undefined) await this.addStream(stream);
      for (const consumer of CONSUMERS.filter((one) => one.stream === stream.name)) await this.ensureConsumer(consumer);
      if (there !== OPEN_BYTES) await this.manager.streams.update(stream.name, { max_msg_size: OPEN_BYTES });
    }
  }

  /**
   * A stream with interest retention drops, and confirms, what nobody has declared an interest in. So it begins closed,
   * and is opened by whoever sees all of its consumers: a publisher that is quicker than they is refused and tries again.
   */
  private async addStream(stream: StreamTopology): Promise<void> {
    try {
      await this.manager.streams.add({
        name: stream.name,
        subjects: stream.subjects,
        retention: RetentionPolicy.Interest,
        // What it loses is published again from PostgreSQL, so it need not write anything down.
        storage: StorageType.Memory,
        duplicate_window: DUPLICATE_WINDOW_NS,
        max_msg_size: CLOSED_BYTES,
      });
    } catch (error) {
      // Another replica was quicker, and has opened it by now.
      if ((await this.sizeLimit(stream.name)) === undefined) throw error;
    }
  }

  private async ensureConsumer(consumer: ConsumerTopology): Promise<void> {
    if ((await found(this.manager.consumers.info(consumer.stream, consumer.name))) !== undefined) return;
    await this.manager.consumers.add(consumer.stream, {
      durable_name: consumer.name,
      filter_subject: consumer.filter,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: ACK_WAIT_NS,
      max_ack_pending: 5_000,
      max_deliver: -1,
    });
  }

  /** Largest message the stream takes, in bytes, or `undefined` when there is no such stream. */
  private async sizeLimit(stream: string): Promise<number | undefined> {
    return (await found(this.manager.streams.info(stream)))?.config.max_msg_size;
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === Events.Disconnect) this.log.warn('NATS cannot be reached; trying again');
      if (status.type !== Events.Reconnect) continue;
      this.log.log('NATS is back');
      try {
        await this.ensureTopology();
      } catch (error) {
        this.log.warn(`the streams could not be checked: ${String(error)}`);
      }
      for (const hook of this.reconnectHooks) hook();
    }
  }
}

async function found<T>(info: Promise<T>): Promise<T | undefined> {
  try {
    return await info;
  } catch (error) {
    if ((error as { api_error?: { code?: number } }).api_error?.code === 404) return undefined;
    throw error;
  }
}
