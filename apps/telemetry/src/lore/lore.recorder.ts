import { LORE_STATUSES, loreMoved, type LoreEvent } from '@fiction/contracts';
import { MessageHandlers } from '@fiction/messaging';
import { fromZero, METRICS_REGISTRY, storableJson, type UnitOfWork } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';

const STORE = `
  INSERT INTO lore_events (event_id, plan_id, branch, requirement_id, status, sla_breached, occurred_at, document)
  SELECT e ->> 'eventId', e ->> 'planId', e ->> 'branch', e ->> 'requirementId', e ->> 'to', (e ->> 'slaBreached')::boolean,
    (e ->> 'occurredAt')::timestamptz, e
  FROM jsonb_array_elements($1::jsonb) AS e ORDER BY e ->> 'eventId'
  ON CONFLICT DO NOTHING RETURNING status`;

/** Writes down what becomes of lore requirements, each move once, and counts it. */
@Injectable()
export class LoreRecorder {
  private readonly moves: Counter;

  constructor(handlers: MessageHandlers, @Inject(METRICS_REGISTRY) registry: Registry) {
    this.moves = new Counter({
      name: 'fiction_lore_moves_total',
      help: 'Moves of lore requirements heard of, by the status they led to',
      labelNames: ['status'],
      registers: [registry],
    });
    fromZero(this.moves, { status: LORE_STATUSES });
    handlers.register(loreMoved, (events, uow) => this.record(uow, events));
  }

  private async record(uow: UnitOfWork, events: LoreEvent[]): Promise<void> {
    const stored = await uow.query<{ status: string }>(STORE, [storableJson(events)]);
    uow.onCommit(() => {
      for (const { status } of stored) this.moves.inc({ status });
    });
  }
}
