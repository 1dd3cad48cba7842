import { within } from '@fiction/platform';
import { NatsContext, ServerNats } from '@nestjs/microservices';
import type { ConnectionOptions, Msg, NatsConnection, NatsError, Subscription } from 'nats';
import { setTimeout as pause } from 'node:timers/promises';
import { isObservable, lastValueFrom } from 'rxjs';
import { firstConnection } from '../bus/first-connection';

/** Questions under way when a process ends have this long to be answered, in milliseconds. */
const FINISH_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10;
/** NATS has this long to hear that no more is taken, and what was answered, in milliseconds. */
const TELL_WITHIN_MS = 500;

type NatsServerOptions = Omit<ConstructorParameters<typeof ServerNats>[0], keyof ConnectionOptions> & {
  connection: ConnectionOptions;
  queue: string;
};

/** A question as the deserializer reads it, and an answer as the serializer takes it: Nest's envelopes. */
interface Question {
  id: string;
  data: unknown;
}
interface Answer {
  response?: unknown;
  err?: unknown;
}

/**
 * Nest's NATS server with an orderly end: it takes no more questions, answers those it has, and closes at once when there
 * are none. What cannot be read or answered is logged; in Nest's own it is an unhandled rejection, which ends the process.
 * A question has one answer, so it goes to its handler and back without the streams that Nest makes of both, and the
 * handler is found by the subject as it stands (Nest's own first tries to read it as JSON, which throws each time).
 */
export class NatsAnswerServer extends ServerNats {
  private readonly connection: ConnectionOptions;
  private readonly queue: string;
  private client: NatsConnection | undefined;
  private taken: Subscription[] = [];
  private underWay = 0;

  constructor({ connection, ...options }: NatsServerOptions) {
    super(options as ConstructorParameters<typeof ServerNats>[0]);
    this.connection = connection;
    this.queue = options.queue;
  }

  /** Nest's own waits for a NATS that is away, or that does not let it in, without a word. */
  override createNatsClient(): Promise<NatsConnection> {
    return firstConnection(this.connection, this.logger);
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

  override async handleMessage(channel: string, message: Msg): Promise<void> {
    const { reply, data, subject, headers } = message;
    this.underWay += 1;
    try {
      const { id, data: asked } = this.deserializer.deserialize(data, { channel, replyTo: reply }) as Question;
      const answer = await this.answerOf(channel, asked, new NatsContext([subject, headers]));
      if (reply) message.respond(this.serializer.serialize({ id, ...answer, isDisposed: true }).data as Uint8Array);
    } catch (error) {
      this.logger.warn(`a reply could not be sent: ${String(error)}`);
    } finally {
      this.underWay -= 1;
    }
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

  /** Nest answers with what a handler returns, or with a stream: of what it returns, or of the error that it became. */
  private async answerOf(channel: string, asked: unknown, context: NatsContext): Promise<Answer> {
    const handler = this.messageHandlers.get(channel)!;
    try {
      const answered: unknown = await handler(asked, context);
      return { response: isObservable(answered) ? await lastValueFrom(answered) : answered };
    } catch (err) {
      return { err };
    }
  }
}

/** What is told to a NATS that is away is told in vain, and not waited for. */
async function tell(work: Promise<unknown>): Promise<void> {
  await within(TELL_WITHIN_MS, work).catch(() => undefined);
}
