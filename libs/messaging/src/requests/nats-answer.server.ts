import { within } from '@fiction/platform';
import { ServerNats, type NatsContext } from '@nestjs/microservices';
import type { Msg, NatsConnection, NatsError, Subscription } from 'nats';
import { setTimeout as pause } from 'node:timers/promises';

/** Questions under way when a process ends have this long to be answered, in milliseconds. */
const FINISH_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10;
/** NATS has this long to hear that no more is taken, and what was answered, in milliseconds. */
const TELL_WITHIN_MS = 500;

type NatsServerOptions = ConstructorParameters<typeof ServerNats>[0] & { queue: string };

interface Packet {
  isDisposed?: boolean;
}

/**
 * Nest's NATS server with an orderly end: it takes no more questions, answers those it has, and closes at once when there
 * are none. What cannot be read or answered is logged; in Nest's own it is an unhandled rejection, which ends the process.
 */
export class NatsAnswerServer extends ServerNats {
  private readonly queue: string;
  private client: NatsConnection | undefined;
  private taken: Subscription[] = [];
  private underWay = 0;

  constructor(options: NatsServerOptions) {
    super(options);
    this.queue = options.queue;
  }

  override bindEvents(client: NatsConnection): void {
    this.client = client;
    this.taken = [...this.messageHandlers.keys()].map((channel) =>
      client.subscribe(channel, {
        queue: this.queue,
        callback: (error, message) => void this.answer(channel, error, message),
      }),
    );
  }

  override getPublisher(message: Msg, id: string, context: NatsContext): (packet: Packet) => void {
    const publish = super.getPublisher(message, id, context) as (packet: Packet) => void;
    this.underWay += 1;
    return (packet) => {
      try {
        publish(packet);
      } catch (error) {
        this.logger.warn(`a reply could not be sent: ${String(error)}`);
      } finally {
        if (packet.isDisposed) this.underWay -= 1;
      }
    };
  }

  override async close(): Promise<void> {
    const { client } = this;
    if (client !== undefined && !client.isClosed()) {
      await tell(Promise.all(this.taken.map((subscription) => subscription.drain())));
      const until = performance.now() + FINISH_WITHIN_MS;
      while (this.underWay > 0 && performance.now() < until) await pause(LOOK_EVERY_MS);
      await tell(client.flush());
    }
    await super.close();
  }

  private async answer(channel: string, error: NatsError | null, message: Msg): Promise<void> {
    try {
      if (error !== null) throw error;
      await this.handleMessage(channel, message);
    } catch (problem) {
      this.logger.error(problem);
    }
  }
}

/** What is told to a NATS that is away is told in vain, and not waited for. */
async function tell(work: Promise<unknown>): Promise<void> {
  await within(TELL_WITHIN_MS, work).catch(() => undefined);
}
