import { EVENT_STREAM, runEventSchema, type RunEvent } from '@fiction/contracts';
import type { PlacedMessage } from '@fiction/messaging';
import { storableJson, textArray, type UnitOfWork } from '@fiction/platform';
import type { JournalEntry, StepRecord } from './journal.types';
import { contractOf, MessageRoom } from './run-events';

/**
 * Everything a batch of entries leaves behind, in one statement: the rows of the runs are locked and looked at, and only
 * what belongs to their current attempt is written. What is short travels as whole JSON arrays, and what steps have asked,
 * got and done as texts of their own, since long prompts are dear to read twice. A step that is there already is not
 * written again, and nothing that goes with it is.
 */
const RECORD = `
  WITH entry AS (
    SELECT * FROM json_to_recordset($1::json) AS e (
      n int, run_id text, attempt int, step text, status text, delay_ms float8, failures int, pauses int, percent int,
      calls int, input_tokens bigint, output_tokens bigint, cost_usd float8, details jsonb, error jsonb)),
  live AS (
    SELECT id, attempt FROM runs
    WHERE id IN (SELECT run_id FROM entry) AND status = 'running' ORDER BY id FOR NO KEY UPDATE),
  inserted AS (
    INSERT INTO steps (run_id, revision, name, kind, attempt, result, conversation_id, agent_id, provider, model,
      request, response, input_tokens, output_tokens, cost_usd, latency_ms, validation)
    SELECT s.run_id, s.revision, s.name, s.kind, s.attempt, ($5::text[])[s.n]::json, s.conversation_id, s.agent_id,
      s.provider, s.model, ($6::text[])[s.n]::json, ($7::text[])[s.n]::json, s.input_tokens, s.output_tokens, s.cost_usd,
      s.latency_ms, s.validation
    FROM json_to_recordset($2::json) AS s (
      n int, run_id text, revision int, name text, kind text, attempt int, conversation_id text, agent_id text,
      provider text, model text, input_tokens int, output_tokens int, cost_usd float8, latency_ms int, validation text)
    JOIN live ON live.id = s.run_id AND live.attempt = s.attempt
    ON CONFLICT (run_id, revision, name) DO NOTHING
    RETURNING run_id, name),
  written AS (
    SELECT entry.* FROM entry JOIN live ON live.id = entry.run_id AND live.attempt = entry.attempt
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
    FROM written w WHERE runs.id = w.run_id AND w.status IS NOT NULL),
  told AS (
    INSERT INTO outbox (id, stream, subject, body)
    SELECT gen_random_uuid(), $4, m.subject, json_build_object('events', json_agg(m.event ORDER BY m.n))
    FROM json_to_recordset($3::json) AS m (n int, subject text, part int, event json)
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
  const told = events.flatMap((event, n) => {
    if (event === undefined) return [];
    const part = room.place(event.subject, event.text.length);
    return [`{"n":${n},"subject":"${event.subject}","part":${part},"event":${event.text}}`];
  });
  const steps = entries.flatMap((entry) => (entry.steps ?? []).map((step) => ({ entry, step })));
  const rows = await uow.query<RecordRow>(RECORD, [
    storableJson(entries.map(toEntryRow)),
    storableJson(steps.map(({ entry, step }, index) => toStepRow(entry, step, index + 1))),
    // Events are JSON already; they are put in as they are.
    `[${told.join(',')}]`,
    EVENT_STREAM.name,
    textArray(steps.map(({ step }) => jsonOf(step.result))),
    textArray(steps.map(({ step }) => jsonOf(step.call?.request))),
    textArray(steps.map(({ step }) => jsonOf(step.call?.response))),
  ]);
  const written = new Set(rows.flatMap((row) => (row.n === null ? [] : [row.n])));
  const placed = rows
    .flatMap((row) => (row.n === null ? [{ ...row, stream: EVENT_STREAM.name }] : []))
    .sort((a, b) => Number(a.position) - Number(b.position));
  return { written, placed };
}

function toEntryRow({ run, steps, transition, usage, event }: JournalEntry, n: number): object {
  const row = { n, run_id: run.runId, attempt: run.attempt, step: steps?.at(-1)?.name };
  if (transition === undefined) return row;
  return {
    ...row,
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
  };
}

const jsonOf = (value: unknown): string | null => (value === undefined || value === null ? null : storableJson(value));

/** @param n where in the arrays of texts the step's are, counted from 1 */
function toStepRow({ run }: JournalEntry, step: StepRecord, n: number): object {
  const { call } = step;
  return {
    n,
    run_id: run.runId,
    revision: run.revision,
    name: step.name,
    kind: step.kind,
    attempt: run.attempt,
    conversation_id: call?.conversationId,
    agent_id: call?.agentId,
    provider: call?.provider,
    model: call?.model,
    input_tokens: call?.inputTokens ?? 0,
    output_tokens: call?.outputTokens ?? 0,
    cost_usd: call?.costUsd ?? 0,
    latency_ms: call?.latencyMs ?? 0,
    validation: call?.validation,
  };
}

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
