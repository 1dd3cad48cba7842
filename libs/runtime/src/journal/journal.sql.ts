import type { UnitOfWork } from '@fiction/platform';
import type { JournalEntry } from './journal.types';

const LIVE = `
  SELECT id, attempt FROM runs WHERE id = ANY($1::text[]) AND status = 'running' ORDER BY id FOR NO KEY UPDATE`;

/** The current attempt of each run that is running, its row locked until the commit. */
export async function liveAttempts(uow: UnitOfWork, entries: JournalEntry[]): Promise<Map<string, number>> {
  const ids = [...new Set(entries.map((entry) => entry.run.runId))];
  const rows = await uow.query<{ id: string; attempt: number }>(LIVE, [ids]);
  return new Map(rows.map((row) => [row.id, row.attempt]));
}

const INSERT_STEPS = `
  INSERT INTO steps (run_id, revision, name, kind, attempt, result, conversation_id, agent_id, provider, model,
    request, response, input_tokens, output_tokens, cost_usd, latency_ms, validation)
  SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::int[], $6::json[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::json[], $12::json[], $13::int[], $14::int[], $15::float8[], $16::int[], $17::text[])
  ON CONFLICT (run_id, revision, name) DO NOTHING
  RETURNING run_id, name`;

const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** Writes the entries' steps; answers `runId\nname` of those that were not there yet. */
export async function insertSteps(uow: UnitOfWork, entries: JournalEntry[]): Promise<Set<string>> {
  const rows = await uow.query<{ run_id: string; name: string }>(INSERT_STEPS, [
    entries.map((entry) => entry.run.runId),
    entries.map((entry) => entry.run.revision),
    entries.map((entry) => entry.step!.name),
    entries.map((entry) => entry.step!.kind),
    entries.map((entry) => entry.run.attempt),
    entries.map((entry) => asJson(entry.step!.result)),
    entries.map((entry) => entry.step!.call?.conversationId ?? null),
    entries.map((entry) => entry.step!.call?.agentId ?? null),
    entries.map((entry) => entry.step!.call?.provider ?? null),
    entries.map((entry) => entry.step!.call?.model ?? null),
    entries.map((entry) => asJson(entry.step!.call?.request)),
    entries.map((entry) => asJson(entry.step!.call?.response)),
    entries.map((entry) => entry.step!.call?.inputTokens ?? 0),
    entries.map((entry) => entry.step!.call?.outputTokens ?? 0),
    entries.map((entry) => entry.step!.call?.costUsd ?? 0),
    entries.map((entry) => entry.step!.call?.latencyMs ?? 0),
    entries.map((entry) => entry.step!.call?.validation ?? null),
  ]);
  return new Set(rows.map((row) => `${row.run_id}\n${row.name}`));
}

const UPDATE_RUNS = `
  UPDATE runs SET
    status = ended.status,
    attempt = runs.attempt + ended.attempts,
    failures = runs.failures + ended.failures,
    pauses = runs.pauses + ended.pauses,
    percent = ended.percent,
    available_at = now() + ended.delay_ms * interval '1 millisecond',
    worker_id = NULL,
    cancel_requested_at = CASE WHEN ended.status = 'queued' THEN runs.cancel_requested_at END,
    calls = ended.calls,
    input_tokens = ended.input_tokens,
    output_tokens = ended.output_tokens,
    cost_usd = ended.cost_usd,
    details = ended.details,
    error = ended.error,
    finished_at = CASE WHEN ended.status = 'queued' THEN NULL ELSE now() END
  FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[], $6::int[], $7::float8[], $8::int[],
    $9::bigint[], $10::bigint[], $11::float8[], $12::jsonb[], $13::jsonb[])
    AS ended (id, status, attempts, failures, pauses, percent, delay_ms, calls, input_tokens, output_tokens, cost_usd,
      details, error)
  WHERE runs.id = ended.id`;

/** Ends the attempts of the entries as their transitions say; their rows are locked already. */
export async function updateRuns(uow: UnitOfWork, entries: JournalEntry[]): Promise<void> {
  await uow.query(UPDATE_RUNS, [
    entries.map((entry) => entry.run.runId),
    entries.map((entry) => entry.transition!.status),
    entries.map((entry) => (entry.transition!.status === 'queued' ? 1 : 0)),
    entries.map((entry) => (entry.transition!.spends === 'failure' ? 1 : 0)),
    entries.map((entry) => (entry.transition!.spends === 'pause' ? 1 : 0)),
    entries.map((entry) => entry.event?.percent ?? 0),
    entries.map((entry) => entry.transition!.delayMs ?? 0),
    entries.map((entry) => entry.usage.calls),
    entries.map((entry) => entry.usage.inputTokens),
    entries.map((entry) => entry.usage.outputTokens),
    entries.map((entry) => entry.usage.costUsd),
    entries.map((entry) => asJson(entry.event?.details ?? {})),
    entries.map((entry) => asJson(entry.transition!.error ?? undefined)),
  ]);
}

const STEPS_OF_ATTEMPT = `
  SELECT s.run_id, s.name FROM steps s
  JOIN unnest($1::text[], $2::int[], $3::text[], $4::int[]) AS e (run_id, revision, name, attempt)
    USING (run_id, revision, name, attempt)`;
const ENDED_ATTEMPTS = `
  SELECT r.id FROM runs r
  JOIN unnest($1::text[], $2::text[], $3::int[]) AS e (id, status, attempt) USING (id, status, attempt)`;

/** Those of `entries` that their own attempt has recorded before. */
export async function recordedBy(uow: UnitOfWork, entries: JournalEntry[]): Promise<JournalEntry[]> {
  const steps = entries.filter((entry) => entry.step !== undefined);
  const ends = entries.filter((entry) => entry.step === undefined && entry.transition !== undefined);
  const stepRows =
    steps.length === 0
      ? []
      : await uow.query<{ run_id: string; name: string }>(STEPS_OF_ATTEMPT, [
          steps.map((entry) => entry.run.runId),
          steps.map((entry) => entry.run.revision),
          steps.map((entry) => entry.step!.name),
          steps.map((entry) => entry.run.attempt),
        ]);
  const endRows =
    ends.length === 0
      ? []
      : await uow.query<{ id: string }>(ENDED_ATTEMPTS, [
          ends.map((entry) => entry.run.runId),
          ends.map((entry) => entry.transition!.status),
          ends.map((entry) => entry.run.attempt + (entry.transition!.status === 'queued' ? 1 : 0)),
        ]);
  const recorded = new Set(stepRows.map((row) => `${row.run_id}\n${row.name}`));
  const ended = new Set(endRows.map((row) => row.id));
  return entries.filter((entry) =>
    entry.step !== undefined ? recorded.has(`${entry.run.runId}\n${entry.step.name}`) : ended.has(entry.run.runId),
  );
}
