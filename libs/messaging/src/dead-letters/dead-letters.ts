import { SERVICE_CONFIG, Database, METRICS_REGISTRY, type ServiceConfig } from '@fiction/platform';
import type { DeadLetter } from '@fiction/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { JsMsg } from 'nats';
import { Counter, type Registry } from 'prom-client';

interface DeadLetterRow {
  id: string;
  subject: string;
  body: string;
  error: string;
  deliveries: number;
  created_at: Date;
}

const INSERT = `
  INSERT INTO dead_letters (message_id, subject, body, error, deliveries) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (message_id) DO NOTHING`;
const LIST = `
  SELECT id, subject, body, error, deliveries, created_at FROM dead_letters
  WHERE id > $1 ORDER BY id LIMIT $2`;

/** Messages that could not be handled: kept whole, counted, shown. */
@Injectable()
export class DeadLetters {
  private readonly counter: Counter;

  constructor(
    private readonly database: Database,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    this.counter = new Counter({
      name: 'fiction_dead_letters_total',
      help: 'Messages that could not be handled and were put aside',
      registers: [registry],
    });
  }

  async add(message: JsMsg, problem: string): Promise<void> {
    const id = message.headers?.get('Nats-Msg-Id') || `${message.info.stream}:${message.seq}`;
    const text = Buffer.from(message.data).toString('utf8').replaceAll('\u0000', '\uFFFD');
    await this.database.query(INSERT, [id, message.subject, text, problem, message.info.deliveryCount]);
    this.counter.inc();
  }

  async list(cursor: string | undefined, limit: number): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
    const rows = await this.database.query<DeadLetterRow>(LIST, [cursor ?? 0, limit]);
    const items = rows.map(({ created_at, ...row }) => ({
      ...row,
      service: this.config.service,
      createdAt: created_at.toISOString(),
    }));
    return { items, nextCursor: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
  }
}
