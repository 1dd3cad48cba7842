import {
  listDeadLetters,
  listOpenRuns,
  listTranscripts,
  readRunRecords,
  retryDeadLetter,
  type ContextSource,
  type DeadLetter,
  type Details,
  type Phase,
  type ReplyOf,
  type RequestOf,
  type RunRecord,
  type ServiceName,
  type Transcript,
} from '@fiction/contracts';
import { AnswersRequest, DeadLetters, LetterRetry, readCursor } from '@fiction/messaging';
import { Database, pageOfRows } from '@fiction/platform';
import { Controller, type Type } from '@nestjs/common';
import { RUN_COLUMNS, usageOf, type RunRow } from '../runs/run.row';

/** A page ends before it outgrows what the bus carries, in bytes. */
const PAGE_BYTES = 600_000;

const LIST = `
  SELECT s.id, s.run_id, s.revision, s.name, s.attempt, r.phase, r.branch, s.conversation_id, s.agent_id, s.provider,
    s.model, s.request::json, s.response::json, s.input_tokens, s.output_tokens, s.cost_usd, s.latency_ms, s.validation, s.recorded_at,
    (SELECT c.result::json -> 'sources' FROM steps c
      WHERE c.run_id = s.run_id AND c.revision = s.revision AND c.name = 'context' AND c.kind = 'action') AS sources
  FROM steps s JOIN runs r ON r.id = s.run_id
  WHERE r.plan_id = $1 AND ($2::text IS NULL OR r.branch = $2) AND ($3::text IS NULL OR s.run_id = $3)
    AND s.kind <> 'action' AND s.id > $4
  ORDER BY s.id LIMIT $5`;

const RECORDS = `SELECT ${RUN_COLUMNS}, runs.details, runs.error FROM runs WHERE id = ANY($1::text[])`;
const OPEN = `
  SELECT ${RUN_COLUMNS}, runs.details, runs.error FROM runs
  WHERE status IN ('queued', 'running') AND enqueued_at < $1 AND id > $2 ORDER BY id LIMIT $3`;

interface RecordRow extends RunRow {
  details: Details;
  error: { message: string } | null;
}

interface TranscriptRow {
  id: string;
  run_id: string;
  revision: number;
  name: string;
  attempt: number;
  phase: Phase;
  branch: string;
  conversation_id: string;
  agent_id: string;
  provider: string;
  model: string;
  request: unknown;
  response: unknown;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
  latency_ms: number;
  validation: string;
  /** What the run's look-up `context` has named as its sources. */
  sources: ContextSource[] | null;
  recorded_at: Date;
}

/** Answers, for `service`, what its runs asked models, and which messages it could not handle; handles these again. */
export function runtimeController(service: ServiceName): Type<unknown> {
  const transcripts = listTranscripts(service);
  const deadLetters = listDeadLetters(service);
  const retry = retryDeadLetter(service);
  const records = readRunRecords(service);
  const open = listOpenRuns(service);

  @Controller()
  class RuntimeController {
    constructor(
      private readonly database: Database,
      private readonly letters: DeadLetters,
      private readonly letterRetry: LetterRetry,
    ) {}

    @AnswersRequest(transcripts)
    async listTranscripts(query: RequestOf<typeof transcripts>): Promise<ReplyOf<typeof transcripts>> {
      const rows = await this.database.query<TranscriptRow>(LIST, [
        query.planId,
        query.branch ?? null,
        query.runId ?? null,
        readCursor(query.cursor),
        query.limit + 1,
      ]);
      const items: Transcript[] = [];
      let bytes = 0;
      for (const row of rows.slice(0, query.limit)) {
        const item = toTranscript(row);
        bytes += JSON.stringify(item).length * 1.2;
        if (items.length > 0 && bytes > PAGE_BYTES) break;
        items.push(item);
      }
      return { items, nextCursor: items.length < rows.length ? (items.at(-1)?.id ?? null) : null };
    }

    @AnswersRequest(records)
    async readRuns(query: RequestOf<typeof records>): Promise<ReplyOf<typeof records>> {
      const rows = await this.database.query<RecordRow>(RECORDS, [query.runIds]);
      return { runs: rows.map(toRunRecord) };
    }

    @AnswersRequest(open)
    async listOpen({ before, cursor = '', limit }: RequestOf<typeof open>): Promise<ReplyOf<typeof open>> {
      const rows = await this.database.query<RecordRow>(OPEN, [before, cursor, limit + 1]);
      const { page, nextCursor } = pageOfRows(rows, limit, (last) => last.id);
      return { items: page.map(toRunRecord), nextCursor };
    }

    @AnswersRequest(deadLetters)
    async listDeadLetters(
      query: RequestOf<typeof deadLetters>,
    ): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
      return this.letters.list(query.cursor, query.limit);
    }

    @AnswersRequest(retry)
    async retryDeadLetter({ id }: RequestOf<typeof retry>): Promise<DeadLetter> {
      return this.letterRetry.retry(id);
    }
  }
  return RuntimeController;
}

function toRunRecord(row: RecordRow): RunRecord {
  return {
    runId: row.id,
    planId: row.plan_id,
    branch: row.branch,
    phase: row.phase,
    revision: row.revision,
    resumption: row.resumption,
    attempt: row.attempt,
    status: row.status as RunRecord['status'],
    message: row.error?.message ?? row.status,
    details: row.details,
    usage: usageOf(row),
    metadata: row.metadata,
  };
}

function toTranscript(row: TranscriptRow): Transcript {
  return {
    id: row.id,
    runId: row.run_id,
    revision: row.revision,
    step: row.name,
    attempt: row.attempt,
    phase: row.phase,
    branch: row.branch,
    conversationId: row.conversation_id,
    agentId: row.agent_id,
    provider: row.provider,
    model: row.model,
    request: row.request,
    response: row.response,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costUsd: row.cost_usd,
    latencyMs: row.latency_ms,
    validation: row.validation,
    context: row.sources,
    recordedAt: row.recorded_at.toISOString(),
  };
}
