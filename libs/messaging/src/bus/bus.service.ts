import { CONSUMERS, STREAMS } from '@fiction/contracts';
import { HealthRegistry, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import {
  AckPolicy,
  connect,
  DeliverPolicy,
  Events,
  RetentionPolicy,
  StorageType,
  type ConnectionOptions,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
} from 'nats';
import { StreamPublisher, type StreamMessage } from './stream-publisher';

/** A message not acknowledged within this time is delivered again, in nanoseconds. */
const ACK_WAIT_NS = 30_000 * 1_000_000;
/** A message id published twice within this time is stored once, in nanoseconds. */
const DUPLICATE_WINDOW_NS = 120_000 * 1_000_000;

/** Options under which a connection outlives any outage of the broker. */
export function durableConnection(url: string, name: string): ConnectionOptions {
  return {
    servers: url,
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
  private readonly reconnectHooks: (() => void)[] = [];

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly health: HealthRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.connection = await connect(durableConnection(this.config.natsUrl, this.config.service));
    this.client = this.connection.jetstream();
    this.publisher = new StreamPublisher(this.connection);
    this.manager = await this.connection.jetstreamManager({ checkAPI: false });
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
  async ensureTopology(): Promise<void> {
    for (const stream of STREAMS) {
      await exists(this.manager.streams.info(stream.name)).then(async (there) => {
        if (there) return;
        await this.manager.streams.add({
          name: stream.name,
          subjects: stream.subjects,
          retention: RetentionPolicy.Interest,
          // What it loses is published again from PostgreSQL, so it need not write anything down.
          storage: StorageType.Memory,
          duplicate_window: DUPLICATE_WINDOW_NS,
        });
      });
    }
    for (const consumer of CONSUMERS) {
      if (await exists(this.manager.consumers.info(consumer.stream, consumer.name))) continue;
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
    await this.connection.drain();
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === Events.Disconnect) this.log.warn('NATS is out of reach; trying again');
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

async function exists(info: Promise<unknown>): Promise<boolean> {
  try {
    await info;
    return true;
  } catch (error) {
    if ((error as { api_error?: { code?: number } }).api_error?.code === 404) return false;
    throw error;
  }
}
