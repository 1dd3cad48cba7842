import { EVENT_STREAM, runEventSchema, type RunEvent } from '@fiction/contracts';
import type { PlacedMessage } from '@fiction/messaging';
import { storableJson, textArray, type UnitOfWork } from '@fiction/platform';
import type { JournalEntry } from './journal.types';
import { contractOf, MessageRoom } from './run-events';

/**
 * Everything a batch of entries leaves behind, in one statement: the rows of the runs are locked and looked at, and only
 * what belongs to their current attempt is written. A step that is there already is not written again, and nothing that goes
 * with it is. Lists travel as arrays, a column each, and only the ends of attempts as JSON, since they are few: PostgreSQL
 * takes longer to read a JSON document of rows than to write the rows.
 */
const RECORD = `
  WITH entry AS (
    SELECT e.n::int AS n, e.run_id, e.attempt, e.step
    FROM unnest($1::text[], $2::int[], $3::text[]) WITH ORDINALITY AS e (run_id, attempt, step, n)),
  live AS (
    SELECT id, attempt FROM runs
    WHERE id IN (SELECT run_id FROM entry) AND status = 'running' ORDER BY id FOR NO KEY UPDATE),
  inserted AS (
    INSERT INTO steps (run_id, revision, name, kind, attempt, result, conversation_id, agent_id, provider, model,
      request, response, input_tokens, output_tokens, cost_usd, latency_ms, validation)
    SELECT e.run_id, s.revision, s.name, s.kind, e.attempt, ($17::text[])[s.n], s.conversation_id, s.agent_id,
      s.provider, s.model, ($18::text[])[s.n], ($19::text[])[s.n], s.input_tokens, s.output_tokens, s.cost_usd,
      s.latency_ms, s.validation
    FROM unnest($4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
      $12::int[], $13::int[], $14::float8[], $15::int[], $16::text[]) WITH ORDINALITY
      AS s (entry, revision, name, kind, conversation_id, agent_id, provider, model, input_tokens, output_tokens, cost_usd,
        latency_ms, validation, n)
    JOIN entry e ON e.n = s.entry
    JOIN live ON live.id = e.run_id AND live.attempt = e.attempt
    ON CONFLICT (run_id, revision, name) DO NOTHING
    RETURNING run_id, name),
  written AS (
    SELECT entry.n, entry.run_id FROM entry JOIN live ON live.id = entry.run_id AND live.attempt = entry.attempt
    WHERE entry.step IS NULL OR (entry.run_id, entry.step) IN (SELECT run_id, name FROM inserted)),
  ended AS (
    UPDATE runs SET
      status = w.status,
      attempt = runs.attempt + CASE WHEN w.status = 'queued' THEN 1 ELSE 0 END,
      failures = runs.failures + w.failures,
      pauses = runs.pauses + w.pauses,
      percent = w.percent,
      available_at = now() + w.delay_ms * interval '1 millisecond',
      worker_id = NULL,
      cancel_requested_at = CASE WHEN w.status = 'queued' THEN runs.cancel_requested_at END,
      calls = w.calls,
      input_tokens = w.input_tokens,
      output_tokens = w.output_tokens,
      cost_usd = w.cost_usd,
      details = coalesce(w.details, '{}'),
      error = w.error,
      finished_at = CASE WHEN w.status = 'queued' THEN NULL ELSE now() END
    FROM written JOIN json_to_recordset($20::json) AS w (
      n int, status text, delay_ms float8, failures int, pauses int, percent int, calls int, input_tokens bigint,
      output_tokens bigint, cost_usd float8, details jsonb, error jsonb) ON w.n = written.n
    WHERE runs.id = written.run_id),
  told AS (
    INSERT INTO outbox (id, stream, subject, body)
    SELECT gen_random_uuid(), $21, m.subject, ('{"events":[' || string_agg(m.event, ',' ORDER BY m.n) || ']}')::json
    FROM unnest($22::int[], $23::text[], $24::int[], $25::text[]) AS m (n, subject, part, event)
    WHERE m.n IN (SELECT n FROM written) GROUP BY m.subject, m.part
    -- What has begun ("started") is told before what has got on ("progressed"), and that before what has ended ("finished").
    ORDER BY m.subject DESC, m.part
    RETURNING position, id, subject, body::text)
  SELECT n, NULL::bigint AS position, NULL::uuid AS id, NULL::text AS subject, NULL::text AS body FROM written
  UNION ALL SELECT NULL, position, id, subject, body FROM told`;

type RecordRow = { n: number } | ({ n: null } & Omit<PlacedMessage, 'stream'>);

/** An event as the statement takes it. */
export interface ToldEvent {
  subject: string;
  /** JSON. */
  text: string;
}

/** Checks an event and makes it ready to be stored. */
export function toldEvent(event: RunEvent): ToldEvent {
  return { subject: contractOf(event).subject, text: storableJson(runEventSchema.parse(event)) };
}

/**
 * Records the entries that are of their runs' current attempts.
 * @param events for each entry what is to be told if it is recorded
 * @returns the indexes of the entries that were recorded, and the messages that tell of them, as they lie in the outbox
 */
export async function recordEntries(
  uow: Pick<UnitOfWork, 'query'>,
  entries: JournalEntry[],
  events: (ToldEvent | undefined)[],
): Promise<{ written: Set<number>; placed: PlacedMessage[] }> {
  const room = new MessageRoom();
  const told = events.flatMap((event, n) =>
    event === undefined ? [] : [{ ...event, n: n + 1, part: room.place(event.subject, event.text.length) }],
  );
  const steps = entries.flatMap((entry, n) =>
    (entry.steps ?? []).map((step) => ({ ...step, entry: n + 1, run: entry.run })),
  );
  const rows = await uow.query<RecordRow>(RECORD, [
    textArray(entries.map(({ run }) => run.runId)),
    entries.map(({ run }) => run.attempt),
    textArray(entries.map((entry) => entry.steps?.at(-1)?.name ?? null)),
    steps.map(({ entry }) => entry),
    steps.map(({ run }) => run.revision),
    textArray(steps.map(({ name }) => name)),
    textArray(steps.map(({ kind }) => kind)),
    textArray(steps.map(({ call }) => call?.conversationId ?? null)),
    textArray(steps.map(({ call }) => call?.agentId ?? null)),
    textArray(steps.map(({ call }) => call?.provider ?? null)),
    textArray(steps.map(({ call }) => call?.model ?? null)),
    steps.map(({ call }) => call?.inputTokens ?? 0),
    steps.map(({ call }) => call?.outputTokens ?? 0),
    steps.map(({ call }) => call?.costUsd ?? 0),
    steps.map(({ call }) => call?.latencyMs ?? 0),
    textArray(steps.map(({ call }) => call?.validation ?? null)),
    textArray(steps.map(({ result }) => jsonOf(result))),
    textArray(steps.map(({ call }) => jsonOf(call?.request))),
    textArray(steps.map(({ call }) => jsonOf(call?.response))),
    storableJson(entries.flatMap((entry, n) => endOf(entry, n + 1))),
    EVENT_STREAM.name,
    told.map(({ n }) => n),
    told.map(({ subject }) => subject),
    told.map(({ part }) => part),
    textArray(told.map(({ text }) => text)),
  ]);
  const written = new Set(rows.flatMap((row) => (row.n === null ? [] : [row.n - 1])));
  const placed = rows
    .flatMap((row) => (row.n === null ? [{ ...row, stream: EVENT_STREAM.name }] : []))
    .sort((a, b) => Number(a.position) - Number(b.position));
  return { written, placed };
}

/** @param n which entry it is, counted from 1 */
function endOf({ transition, usage, event }: JournalEntry, n: number): object[] {
  if (transition === undefined) return [];
  return [
    {
      n,
      status: transition.status,
      delay_ms: transition.delayMs ?? 0,
      failures: transition.spends === 'failure' ? 1 : 0,
      pauses: transition.spends === 'pause' ? 1 : 0,
      percent: event?.percent ?? 0,
      calls: usage.calls,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cost_usd: usage.costUsd,
      details: event?.details,
      error: transition.error,
    },
  ];
}

const jsonOf = (value: unknown): string | null => (value === undefined || value === null ? null : storableJson(value));

const RECORDED = `
  SELECT e.n FROM json_to_recordset($1::json) AS e (n int, run_id text, revision int, step text, attempt int, status text)
  WHERE CASE WHEN e.step IS NOT NULL
    THEN EXISTS (SELECT 1 FROM steps s WHERE s.run_id = e.run_id AND s.revision = e.revision AND s.name = e.step
      AND s.attempt = e.attempt)
    ELSE EXISTS (SELECT 1 FROM runs r WHERE r.id = e.run_id AND r.status = e.status
      AND r.attempt = e.attempt + CASE WHEN e.status = 'queued' THEN 1 ELSE 0 END) END`;

/** Indexes of those of `entries` that their own attempt has recorded before: by a commit that was not heard of. */
export async function recordedBefore(
  uow: Pick<UnitOfWork, 'query'>,
  entries: { n: number; entry: JournalEntry }[],
): Promise<Set<number>> {
  const asked = entries.map(({ n, entry: { run, steps, transition } }) => ({
    n,
    run_id: run.runId,
    revision: run.revision,
    step: steps?.at(-1)?.name,
    attempt: run.attempt,
    status: transition?.status,
  }));
  const rows = await uow.query<{ n: number }>(RECORDED, [storableJson(asked)]);
  return new Set(rows.map((row) => row.n));
}
