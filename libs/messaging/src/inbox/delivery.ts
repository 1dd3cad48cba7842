import type { Msg } from 'nats';

/** One delivery of a message of a stream; one answer is due, and the first one counts. */
export class Delivery {
  /** What a repetition of the message is known by: the id its sender gave it, or else its place in the stream. */
  readonly id: string;
  /** How often the message was delivered, this time included. */
  readonly count: number;
  private answered = false;

  constructor(private readonly message: Msg) {
    // $JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<deliveries>.<place in the stream>. …
    const tokens = (message.reply ?? '').split('.');
    const [stream, , deliveries, seq] = tokens.slice(tokens.length > 9 ? 4 : 2);
    this.id = message.headers?.get('Nats-Msg-Id') || `${stream}:${seq}`;
    this.count = Number(deliveries);
  }

  get subject(): string {
    return this.message.subject;
  }

  /** The body as it came. */
  get text(): string {
    return this.message.string();
  }

  /** @throws SyntaxError when the body is not JSON */
  json(): unknown {
    return this.message.json();
  }

  /** It is handled and need not come again. */
  acknowledge(): void {
    this.answer('+ACK');
  }

  /** It is to come again after a while, in milliseconds. */
  refuse(delayMs: number): void {
    this.answer(`-NAK {"delay": ${Math.round(delayMs * 1_000_000)}}`);
  }

  /** It is put aside and must not come again. */
  terminate(): void {
    this.answer('+TERM');
  }

  /** It is still in hand; counts as no answer. */
  keep(): void {
    this.message.respond(WORKING);
  }

  private answer(text: string): void {
    if (this.answered) return;
    this.answered = true;
    this.message.respond(Buffer.from(text));
  }
}

const WORKING = Buffer.from('+WPI');
