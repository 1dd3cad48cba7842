import type { ConsumerTopology } from '@fiction/contracts';
import { within } from '@fiction/platform';
import { createInbox, type Msg, type NatsConnection, type Subscription } from 'nats';
import { Delivery } from './delivery';

/** How long NATS keeps a request for messages open, and how much later it is taken for lost, in milliseconds. */
const EXPIRES_MS = 5_000;
const LOST_AFTER_MS = EXPIRES_MS + 1_000;
const DRAIN_WITHIN_MS = 500;

/** The request was filled, or its time was over (`ended`); or there is no such consumer (`refused`). */
export type PullOutcome = 'ended' | 'refused';

/**
 * Asks a durable consumer for messages, request after request, on one subscription that stays. (The client's own `fetch`
 * unsubscribes when its time is over; what is on its way then is lost until it counts as unacknowledged, and a busy event
 * loop makes that happen all the time.)
 */
export class Puller {
  private readonly inbox = createInbox();
  private readonly subject: string;
  private readonly subscription: Subscription;
  private wanted = 0;
  private closed = false;
  private end: ((outcome: PullOutcome) => void) | undefined;

  constructor(
    private readonly connection: NatsConnection,
    consumer: ConsumerTopology,
    /** Must not throw: the connection would hear nothing any more. */
    private readonly take: (delivery: Delivery) => void,
  ) {
    this.subject = `$JS.API.CONSUMER.MSG.NEXT.${consumer.stream}.${consumer.name}`;
    this.subscription = connection.subscribe(this.inbox, { callback: (_error, message) => this.receive(message) });
  }

  /** Asks for up to `most` messages, and waits until they have come or the request has ended. */
  async pull(most: number): Promise<PullOutcome> {
    if (this.closed) return 'ended';
    this.wanted = most;
    const ended = new Promise<PullOutcome>((resolve) => {
      this.end = resolve;
    });
    const request = JSON.stringify({ batch: most, expires: EXPIRES_MS * 1_000_000 });
    this.connection.publish(this.subject, request, { reply: this.inbox });
    return (await within(LOST_AFTER_MS, ended)) ?? 'ended';
  }

  /** Ends the waiting for a request that a lost connection has taken with it. */
  interrupt(): void {
    this.end?.('ended');
  }

  /** Takes what is on its way, and no more. */
  async close(): Promise<void> {
    this.closed = true;
    await within(DRAIN_WITHIN_MS, this.subscription.drain()).catch(() => undefined);
    this.interrupt();
  }

  private receive(message: Msg): void {
    if (message.subject === this.inbox) {
      // Only what is said of the request itself comes under this subject; 503: there is nobody to ask.
      const code = message.headers?.code ?? 0;
      this.end?.(code === 503 || message.headers?.description.includes('Consumer Deleted') ? 'refused' : 'ended');
      return;
    }
    this.take(new Delivery(message));
    this.wanted -= 1;
    if (this.wanted === 0) this.end?.('ended');
  }
}
