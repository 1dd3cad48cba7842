import type { ConsumerTopology } from '@fiction/contracts';
import { Database, isUnavailable, Loop, type UnitOfWork } from '@fiction/platform';
import { Logger } from '@nestjs/common';
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import type { Bus } from '../bus/bus.service';
import type { DeadLetters } from '../dead-letters/dead-letters';
import type { Delivery } from './delivery';
import type { MessageHandler, MessageHandlers } from './message-handlers';
import { Puller } from './puller';
import { RECEIVE } from './receive';

/** Tries of one message before it becomes a dead letter. */
const MAX_DELIVERIES = 5;
/** Deliveries after which a message is taken for what ends the processes that have it, and not handled again. */
const MAX_LOSSES = 25;
const FETCH_MESSAGES = 256;
const RETRY_AFTER_MS = 200;

/** A message that has been read and fits its contract. */
interface Readable {
  message: Delivery;
  body: unknown;
  handle: MessageHandler<unknown>;
}

/** Brings the messages of one durable consumer to their handlers: in batches, each message handled once. */
export class MessageConsumer {
  private readonly log: Logger;
  private readonly loop: Loop;
  private puller: Puller | undefined;
  /** Whether the consumer is known to be there. */
  private there = false;
  private arrived: Delivery[] = [];
  private handling: Promise<void> | undefined;
  private stopping = false;
  /** Why PostgreSQL cannot write what is being handled; undefined: it can, or there is nothing. */
  private refusal: string | undefined;
  private handledAtMs = -Infinity;

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
        this.log.debug(`could not fetch messages; trying again: ${String(error)}`);
      },
    });
  }

  start(): void {
    this.puller = new Puller(this.bus.nats, this.topology, (message) => this.arrive(message));
    this.bus.onReconnect(() => this.puller?.interrupt());
    this.loop.start();
  }

  /** Why messages that are here are not handled now; undefined: they are. */
  get problem(): string | undefined {
    return this.refusal && `messages wait for PostgreSQL: ${this.refusal}`;
  }

  /** Takes no more messages and lets those under way be handled. */
  async stop(): Promise<void> {
    this.stopping = true;
    const stopped = this.loop.stop();
    await this.puller?.close();
    await stopped;
    await this.handling;
  }

  private async fetch(): Promise<void> {
    if (!this.there) await this.bus.ensureTopology();
    this.there = true;
    if ((await this.puller!.pull(FETCH_MESSAGES)) === 'refused') {
      this.there = false;
      throw new Error(`there is no consumer ${this.topology.name}`);
    }
    // Backpressure: no more is fetched than is being handled.
    if (this.arrived.length > FETCH_MESSAGES) await this.handling;
  }

  private arrive(message: Delivery): void {
    this.arrived.push(message);
    this.handling ??= this.handleArrived();
  }

  /** Never rejects: nobody waits for it. */
  private async handleArrived(): Promise<void> {
    try {
      while (this.arrived.length > 0) {
        // Let what arrives at about the same time join the batch: the cost is mostly by transaction.
        await this.gather();
        await this.handleBatch(this.arrived.splice(0, FETCH_MESSAGES));
        this.handledAtMs = performance.now();
      }
    } catch (error) {
      // What was neither acknowledged nor refused is delivered again.
      this.log.error(error);
    } finally {
      this.handling = undefined;
    }
  }

  /** What comes after a silence is handled at once if its consumer does not gather; what comes on its heels waits a little. */
  private async gather(): Promise<void> {
    const { gatherMs, restMs = 0 } = this.topology;
    const restingMs = this.handledAtMs + restMs - performance.now();
    const waitMs = Math.max(gatherMs, restingMs);
    if (waitMs > 0) await pause(waitMs);
    else await immediate();
  }

  private async handleBatch(batch: Delivery[]): Promise<void> {
    const readable: Readable[] = [];
    const unreadable: { message: Delivery; problem: string }[] = [];
    for (const message of batch) {
      const read = this.read(message);
      if ('problem' in read) unreadable.push({ message, ...read });
      else readable.push(read);
    }
    if (readable.length > 0) await this.handleReadable(readable);
    for (const { message, problem } of unreadable) await this.bury(message, problem);
  }

  private async handleReadable(readable: Readable[]): Promise<void> {
    try {
      await this.untilAvailable(() => this.handle(readable), readable);
    } catch (error) {
      if (readable.length === 1) await this.refuse(readable[0]!, error);
      else await this.oneByOne(readable);
      return;
    }
    for (const { message } of readable) message.acknowledge();
  }

  /** One bad message must not take its neighbours with it. */
  private async oneByOne(readable: Readable[]): Promise<void> {
    for (const one of readable) {
      try {
        await this.untilAvailable(() => this.handle([one]), [one]);
        one.message.acknowledge();
      } catch (error) {
        await this.refuse(one, error);
      }
    }
  }

  private async handle(batch: Readable[]): Promise<void> {
    await this.database.transaction(async (uow) => {
      const fresh = await this.receive(uow, batch);
      for (const { handle, bodies } of inOrder(fresh)) await handle(bodies, uow);
    });
  }

  /** Those of the batch that have not been handled before. */
  private async receive(uow: UnitOfWork, batch: Readable[]): Promise<Readable[]> {
    const rows = await uow.query<{ message_id: string }>(RECEIVE, [batch.map((one) => one.message.id)]);
    const fresh = new Set(rows.map((row) => row.message_id));
    return batch.filter((one) => fresh.delete(one.message.id));
  }

  private read(message: Delivery): Readable | { problem: string } {
    const registration = this.handlers.find(message.subject);
    if (registration === undefined) return { problem: `${message.subject} has no handler here` };
    if (message.count > MAX_LOSSES) return { problem: `delivered ${message.count} times and never acknowledged` };
    try {
      const body: unknown = registration.contract.schema.parse(message.json());
      return { message, body, handle: registration.handle };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** While PostgreSQL cannot write nothing can be handled, and no message is at fault: wait, keeping them. */
  private async untilAvailable(work: () => Promise<void>, messages: { message: Delivery }[]): Promise<void> {
    try {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isUnavailable(error) || this.stopping) throw error;
          const { message: why } = error as Error;
          if (this.refusal === undefined) this.log.warn(`${messages.length} messages wait for PostgreSQL: ${why}`);
          this.refusal = why;
          for (const { message } of messages) message.keep();
          await pause(RETRY_AFTER_MS);
        }
      }
    } finally {
      this.refusal = undefined;
    }
  }

  private async refuse(one: Readable, error: unknown): Promise<void> {
    const { count } = one.message;
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // That PostgreSQL cannot write while this process ends is not the message's fault.
    if (count >= MAX_DELIVERIES && !isUnavailable(error)) return this.bury(one.message, problem);
    this.log.warn(`${one.message.subject} failed and will be delivered again: ${problem}`);
    one.message.refuse(RETRY_AFTER_MS * count);
  }

  /** Puts a message aside. When not even that is possible it comes again, and its neighbours go on. */
  private async bury(message: Delivery, problem: string): Promise<void> {
    this.log.error(`${message.subject} becomes a dead letter: ${problem}`);
    try {
      await this.untilAvailable(() => this.deadLetters.add(message, problem), [{ message }]);
      message.terminate();
    } catch (error) {
      this.log.error(error);
      message.refuse(RETRY_AFTER_MS * Math.min(message.count, MAX_LOSSES));
    }
  }
}

/** The batch in its order, neighbours of one handler together. */
function inOrder(batch: Readable[]): { handle: MessageHandler<unknown>; bodies: unknown[] }[] {
  const groups: { handle: MessageHandler<unknown>; bodies: unknown[] }[] = [];
  for (const { handle, body } of batch) {
    const last = groups.at(-1);
    if (last?.handle === handle) last.bodies.push(body);
    else groups.push({ handle, bodies: [body] });
  }
  return groups;
}
