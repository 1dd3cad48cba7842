import type { ConsumerTopology } from '@fiction/contracts';
import { Database, isConnectionLoss, Loop, type UnitOfWork } from '@fiction/platform';
import { Logger } from '@nestjs/common';
import type { Consumer, ConsumerMessages, JsMsg } from 'nats';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from '../bus/bus.service';
import type { DeadLetters } from '../dead-letters/dead-letters';
import type { MessageHandler, MessageHandlers } from './message-handlers';

/** Tries of one message before it becomes a dead letter. */
const MAX_DELIVERIES = 5;
const FETCH_MESSAGES = 256;
const FETCH_MS = 1_000;
const RETRY_AFTER_MS = 200;

const RECEIVE = `
  INSERT INTO inbox (message_id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING message_id`;

/** A message that has been read and fits its contract. */
interface Readable {
  message: JsMsg;
  id: string;
  body: unknown;
  handle: MessageHandler<unknown>;
}

/** Brings the messages of one durable consumer to their handlers: in batches, each message handled once. */
export class MessageConsumer {
  private readonly log: Logger;
  private readonly loop: Loop;
  private consumer: Consumer | undefined;
  private fetching: ConsumerMessages | undefined;
  private arrived: JsMsg[] = [];
  private handling: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly topology: ConsumerTopology,
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly handlers: MessageHandlers,
    private readonly deadLetters: DeadLetters,
  ) {
    this.log = new Logger(`Consumer ${topology.name}`);
    this.loop = new Loop(() => this.fetch(), {
      everyMs: 0,
      onError: (error) => {
        this.consumer = undefined;
        this.log.debug(`fetching again: ${String(error)}`);
      },
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Takes no more messages and lets those under way be handled. */
  async stop(): Promise<void> {
    this.stopping = true;
    void this.fetching?.close();
    await this.loop.stop();
    await this.handling;
  }

  private async fetch(): Promise<void> {
    if (this.consumer === undefined) {
      await this.bus.ensureTopology();
      this.consumer = await this.bus.jetstream.consumers.get(this.topology.stream, this.topology.name);
    }
    this.fetching = await this.consumer.fetch({ max_messages: FETCH_MESSAGES, expires: FETCH_MS });
    for await (const message of this.fetching) {
      this.arrived.push(message);
      this.handling ??= this.handleArrived();
    }
    // Backpressure: no more is fetched than is being handled.
    if (this.arrived.length > FETCH_MESSAGES) await this.handling;
  }

  private async handleArrived(): Promise<void> {
    while (this.arrived.length > 0) {
      // Let what arrives at about the same time join the batch: the cost is mostly by transaction.
      await pause(this.topology.gatherMs);
      const batch = this.arrived.splice(0, FETCH_MESSAGES);
      try {
        await this.handleBatch(batch);
      } catch (error) {
        this.log.error(error);
        for (const message of batch) message.nak(RETRY_AFTER_MS);
      }
    }
    this.handling = undefined;
  }

  private async handleBatch(batch: JsMsg[]): Promise<void> {
    const readable: Readable[] = [];
    for (const message of batch) {
      const read = this.read(message);
      if ('problem' in read) await this.bury(message, read.problem);
      else readable.push(read);
    }
    if (readable.length === 0) return;
    try {
      await this.untilReachable(() => this.handle(readable), batch);
      for (const { message } of readable) message.ack();
    } catch (error) {
      if (readable.length === 1) await this.refuse(readable[0]!, error);
      else await this.oneByOne(readable);
    }
  }

  /** One bad message must not take its neighbours with it. */
  private async oneByOne(readable: Readable[]): Promise<void> {
    for (const one of readable) {
      try {
        await this.untilReachable(() => this.handle([one]), [one.message]);
        one.message.ack();
      } catch (error) {
        await this.refuse(one, error);
      }
    }
  }

  private async handle(batch: Readable[]): Promise<void> {
    await this.database.transaction(async (uow) => {
      const fresh = await this.receive(uow, batch);
      for (const [handle, bodies] of byHandler(fresh)) await handle(bodies, uow);
    });
  }

  /** Those of the batch that have not been handled before. */
  private async receive(uow: UnitOfWork, batch: Readable[]): Promise<Readable[]> {
    const rows = await uow.query<{ message_id: string }>(RECEIVE, [batch.map((one) => one.id)]);
    const fresh = new Set(rows.map((row) => row.message_id));
    return batch.filter((one) => fresh.delete(one.id));
  }

  private read(message: JsMsg): Readable | { problem: string } {
    const registration = this.handlers.find(message.subject);
    if (registration === undefined) return { problem: `nobody handles ${message.subject}` };
    try {
      const body: unknown = registration.contract.schema.parse(message.json());
      const id = message.headers?.get('Nats-Msg-Id') || `${message.info.stream}:${message.seq}`;
      return { message, id, body, handle: registration.handle };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** While PostgreSQL is out of reach nothing can be handled, and nobody is at fault: wait, keeping the messages. */
  private async untilReachable(work: () => Promise<void>, messages: JsMsg[]): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isConnectionLoss(error) || this.stopping) throw error;
        for (const message of messages) message.working();
        await pause(RETRY_AFTER_MS);
      }
    }
  }

  private async refuse(one: Readable, error: unknown): Promise<void> {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (one.message.info.deliveryCount >= MAX_DELIVERIES) return this.bury(one.message, problem);
    this.log.warn(`${one.message.subject} failed and will be delivered again: ${problem}`);
    one.message.nak(RETRY_AFTER_MS * one.message.info.deliveryCount);
  }

  private async bury(message: JsMsg, problem: string): Promise<void> {
    this.log.error(`${message.subject} becomes a dead letter: ${problem}`);
    await this.untilReachable(() => this.deadLetters.add(message, problem), [message]);
    message.term();
  }
}

function byHandler(batch: Readable[]): Map<MessageHandler<unknown>, unknown[]> {
  const groups = new Map<MessageHandler<unknown>, unknown[]>();
  for (const { handle, body } of batch) {
    const group = groups.get(handle);
    if (group === undefined) groups.set(handle, [body]);
    else group.push(body);
  }
  return groups;
}
