import type { FictionPhaseProgressed, RunEvent } from '@fiction/contracts';
import { Database, storableJson, textArray, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { toRunState, type RunStateRow } from '../runs/run-state.row';
import type { RunState } from '../runs/run-state';

/** An event that was not in the history before: its number, its JSON, and the state of its run so far. */
export interface StoredEvent {
  event: RunEvent;
  seq: number;
  document: string;
  before: RunState | undefined;
  /** Whether the provider of its run has refused work since one of its runs completed. */
  afterRefusal: boolean;
}

/** A page of a plan's history; `lastSeq` is the newest number there is. */
export interface EventPage {
  events: FictionPhaseProgressed[];
  lastSeq: number;
}

/**
 * Numbers and stores what is new; the plans' rows are locked, so what this statement reads of them is final. Single
 * rows are looked up by sub-selects, because those use the indexes even while the statistics still say "empty table".
 */
const STORE = `
  WITH incoming AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::int[],
      $8::text[]) WITH ORDINALITY
      AS given (plan_id, event_id, run_id, phase, status, occurred_at, bytes, document, place)
  ), fresh AS (
    SELECT incoming.*, (SELECT last_seq FROM plans WHERE plans.plan_id = incoming.plan_id)
      + row_number() OVER (PARTITION BY plan_id ORDER BY place) AS seq
    FROM incoming
    WHERE (SELECT events.seq FROM events WHERE events.event_id = incoming.event_id) IS NULL
  ), stored AS (
    INSERT INTO events (plan_id, seq, event_id, run_id, phase, status, occurred_at, bytes, document)
    SELECT plan_id, seq, event_id, run_id, phase, status, occurred_at, bytes, document FROM fresh ORDER BY place
  ), counted AS (
    UPDATE plans SET last_seq = newest.seq
    FROM (SELECT plan_id, max(seq) AS seq FROM fresh GROUP BY plan_id) AS newest
    WHERE plans.plan_id = newest.plan_id
  )
  SELECT place::int, seq::float8,
    (SELECT row_to_json(run_states) FROM run_states WHERE run_states.run_id = fresh.run_id) AS before,
    (SELECT array_agg(provider_id) FROM provider_refusals WHERE refusing) AS refusing
  FROM fresh ORDER BY place`;

interface StoredRow {
  place: number;
  seq: number;
  before: RunStateRow | null;
  refusing: string[] | null;
}

/** At most $3 events that together stay within $4 bytes, and always one. */
const PAGE = `
  SELECT seq::float8, document::json
  FROM (
    SELECT seq, document, bytes, sum(bytes) OVER (ORDER BY seq) AS total
    FROM (
      SELECT seq, document, bytes FROM events WHERE plan_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
    ) AS next
  ) AS sized
  WHERE total <= $4 OR total = bytes
  ORDER BY seq`;
const OF_RUN = PAGE.replace('plan_id = $1 AND seq', 'plan_id = $1 AND run_id = $5 AND seq');
const LAST_SEQ = `SELECT last_seq::float8 FROM plans WHERE plan_id = $1`;

/** The bus carries replies up to 1 MB; a page stops well before, and one event is smaller than what remains. */
const PAGE_BYTES = 700_000;

/** The numbered history of every plan. */
@Injectable()
export class EventStore {
  constructor(private readonly database: Database) {}

  /** Stores, in their order, those of `events` (different ones, of plans that are locked) that are not there yet. */
  async store(uow: UnitOfWork, events: RunEvent[]): Promise<StoredEvent[]> {
    const documents = events.map((event) => storableJson(event));
    const rows = await uow.query<StoredRow>(STORE, [
      events.map((event) => event.planId),
      events.map((event) => event.eventId),
      events.map((event) => event.runId),
      events.map((event) => event.phase),
      events.map((event) => event.status),
      events.map((event) => event.occurredAt),
      documents.map((document) => Buffer.byteLength(document)),
      textArray(documents),
    ]);
    return rows.map(({ place, seq, before, refusing }) => {
      const event = events[place - 1]!;
      return {
        event,
        seq,
        document: documents[place - 1]!,
        before: before === null ? undefined : toRunState(before),
        afterRefusal: refusing !== null && refusing.includes(event.metadata.providerId ?? ''),
      };
    });
  }

  /** What a plan went through after `afterSeq`, oldest first. A plan never heard of has an empty history. */
  async page(planId: string, afterSeq: number, limit: number): Promise<EventPage> {
    const [rows, lastSeq] = await Promise.all([
      this.database.query<{ seq: number; document: RunEvent }>(PAGE, [planId, afterSeq, limit, PAGE_BYTES]),
      this.lastSeq(planId),
    ]);
    return {
      events: rows.map(({ seq, document }) => ({ seq, ...document })),
      // The two are read side by side; the page may already hold what the counter did not yet say.
      lastSeq: Math.max(lastSeq, rows.at(-1)?.seq ?? 0),
    };
  }

  /** What a run went through after `afterSeq`, oldest first. */
  async ofRun(planId: string, runId: string, afterSeq: number, limit: number): Promise<FictionPhaseProgressed[]> {
    const rows = await this.database.query<{ seq: number; document: RunEvent }>(OF_RUN, [
      planId,
      afterSeq,
      limit,
      PAGE_BYTES,
      runId,
    ]);
    return rows.map(({ seq, document }) => ({ seq, ...document }));
  }

  /** The newest number of a plan's history; 0 while there is none. */
  async lastSeq(planId: string): Promise<number> {
    const [plan] = await this.database.query<{ last_seq: number }>(LAST_SEQ, [planId]);
    return plan?.last_seq ?? 0;
  }
}
