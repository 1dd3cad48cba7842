import { Clock, SERVICE_CONFIG, Database, METRICS_REGISTRY, type ServiceConfig } from '@fiction/platform';
import { alertChanged, messageBuried, MOST_ALERT_TEXT, UnknownCursorError, type DeadLetter } from '@fiction/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Counter, type Registry } from 'prom-client';
import type { Delivery } from '../inbox/delivery';
import { Outbox, outgoing } from '../outbox/outbox';
import { DEAD_LETTER_COLUMNS, toDeadLetter, type DeadLetterRow } from './dead-letter.row';
import { planOf } from './plan-of';

const INSERT = `
  INSERT INTO dead_letters (message_id, subject, body, error, deliveries) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (message_id) DO NOTHING RETURNING id`;
const LIST = `
  SELECT ${DEAD_LETTER_COLUMNS} FROM dead_letters
  WHERE id > $1 ORDER BY id LIMIT $2`;

/**
 * Messages whose burial is told to nobody: they tell of burials themselves, or of the alerts made of them. Who cannot
 * handle one would be told of it by the next, and so on for ever. They are counted and listed like all others.
 */
const UNTOLD = new Set([messageBuried.subject, alertChanged.subject]);

/** Longest text that is kept of an error, in characters. */
const MOST_ERROR = 8_000;
/** A page ends before it outgrows what the bus carries, in bytes. */
const PAGE_BYTES = 600_000;

/** Messages that could not be handled: kept whole, counted, shown, and told of. */
@Injectable()
export class DeadLetters {
  private readonly counter: Counter;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    this.counter = new Counter({
      name: 'fiction_dead_letters_total',
      help: 'Messages that could not be handled and were put aside',
      registers: [registry],
    });
  }

  /** Keeps a message, and tells of it once: `message.buried` is written in the same transaction. */
  async add(message: Delivery, problem: string): Promise<void> {
    await this.database.transaction(async (uow) => {
      const kept = await uow.query(INSERT, [
        storable(message.id),
        message.subject,
        storable(message.text),
        // The parser of a bad body quotes it, so the problem may hold what the body holds.
        storable(problem.slice(0, MOST_ERROR)),
        message.count,
      ]);
      if (kept.length === 0 || UNTOLD.has(message.subject)) return;
      const told = outgoing(messageBuried, {
        eventId: randomUUID(),
        service: this.config.service,
        subject: message.subject,
        messageId: message.id,
        problem: problem.slice(0, MOST_ALERT_TEXT),
        planId: planOf(message.text),
        occurredAt: this.clock.now().toISOString(),
      });
      await this.outbox.add(uow, [told]);
    });
    this.counter.inc();
  }

  /** A page of letters, oldest first; of a very long body only the beginning is shown. */
  async list(cursor: string | undefined, limit: number): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
    const rows = await this.database.query<DeadLetterRow>(LIST, [readCursor(cursor), limit + 1]);
    const items: DeadLetter[] = [];
    let bytes = 0;
    for (const row of rows.slice(0, limit)) {
      const item = toDeadLetter(row, this.config.service);
      bytes += Buffer.byteLength(JSON.stringify(item));
      if (items.length > 0 && bytes > PAGE_BYTES) break;
      items.push(item);
    }
    return { items, nextCursor: items.length < rows.length ? (items.at(-1)?.id ?? null) : null };
  }
}

/**
 * The number a page begins after.
 * @throws UnknownCursorError when it is none that a page has given
 */
export function readCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '0';
  if (/^\d{1,18}$/.test(cursor)) return cursor;
  throw new UnknownCursorError();
}

/** PostgreSQL has no place for NUL. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
