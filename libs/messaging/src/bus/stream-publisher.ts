import { createInbox, headers, type Msg, type NatsConnection } from 'nats';

const ACK_WITHIN_MS = 2_000;

/** A message on its way to a stream; `id` makes it stored once within the stream's duplicate window. */
export interface StreamMessage {
  id: string;
  subject: string;
  body: string;
}

interface Ack {
  seq?: number;
  error?: { description?: string };
}

interface Waiting {
  resolve: (seq: number) => void;
  reject: (error: Error) => void;
}

/** The stream did not confirm that it has a message; it may have it all the same. */
export class NotStoredError extends Error {
  readonly code = 'NOT_STORED';
}

/**
 * Publishes many messages to JetStream at once: all of them in one write, one inbox for all confirmations, one timer a
 * batch. (The client's own `publish` makes a request of each, with a write, a timer and a stack trace.)
 */
export class StreamPublisher {
  private readonly inbox = createInbox();
  private readonly waiting = new Map<string, Waiting>();
  private count = 0;

  constructor(private readonly connection: NatsConnection) {
    connection.subscribe(`${this.inbox}.*`, { callback: (_error, message) => this.confirm(message) });
  }

  /** Answers the streams' sequence numbers, in order. Rejects when one of the messages is not confirmed in time. */
  async publish(messages: readonly StreamMessage[]): Promise<number[]> {
    const replies: string[] = [];
    const stored = messages.map(
      ({ id, subject, body }) =>
        new Promise<number>((resolve, reject) => {
          const reply = `${this.inbox}.${(this.count += 1)}`;
          replies.push(reply);
          this.waiting.set(reply, { resolve, reject });
          const head = headers();
          head.set('Nats-Msg-Id', id);
          this.connection.publish(subject, body, { reply, headers: head });
        }),
    );
    const timer = setTimeout(() => this.giveUp(replies), ACK_WITHIN_MS);
    try {
      return await Promise.all(stored);
    } finally {
      clearTimeout(timer);
      for (const reply of replies) this.waiting.delete(reply);
    }
  }

  private confirm(message: Msg): void {
    const waiting = this.waiting.get(message.subject);
    if (waiting === undefined) return;
    if (message.data.length === 0) {
      waiting.reject(new NotStoredError(`there is no stream to take it (${message.headers?.code ?? 'no answer'})`));
      return;
    }
    const { error, seq } = message.json<Ack>();
    // What is refused, as by a stream that is full or not open yet, has a number as well: 0.
    if (error !== undefined || !seq) waiting.reject(new NotStoredError(error?.description ?? 'refused'));
    else waiting.resolve(seq);
  }

  private giveUp(replies: string[]): void {
    const error = new NotStoredError(`no confirmation within ${ACK_WITHIN_MS} ms`);
    for (const reply of replies) this.waiting.get(reply)?.reject(error);
  }
}
