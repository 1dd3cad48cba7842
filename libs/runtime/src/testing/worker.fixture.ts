import { type ProgressStatus, type RunEvent, type StartRun } from '@fiction/contracts';
import { loadConfig } from '@fiction/platform';
import {
  createTestDatabase,
  ModelServer,
  startTestNats,
  until,
  type ModelServerOptions,
  type TestDatabase,
  type TestNats,
} from '@fiction/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { Nudger } from '../queue/nudger';
import { RunStarts } from '../runs/run-starts';
import type { RunContext, RunOutcome } from '../runs/run.types';
import { metadataOf, type RunRecord, type StepRecord } from './run.builder';
import { TestWorker } from './test-worker';

export interface WorkerFixtureOptions {
  workers?: number;
  /** Runs at once in one worker. */
  concurrency?: number;
  model?: ModelServerOptions;
  /** Calls at once that one worker may make to a provider. */
  slots?: number;
  /** Longest time of one model call of the provider `local`; that of `hasty`, for calls that are never answered, is short. */
  timeoutSeconds?: number;
}

/** What a run does; a test may set it anew at any time. */
export type Script = (run: RunContext) => Promise<RunOutcome>;

const RUN_WITHIN_MS = 12_000;

/** Workers of one service, all in this process, with a database, a queue, a NATS and a model server of their own. */
export class WorkerFixture {
  readonly workers: TestWorker[] = [];
  script: Script = async () => ({ message: 'nothing to do' });

  private constructor(
    private readonly options: WorkerFixtureOptions,
    private readonly database: TestDatabase,
    readonly nats: TestNats,
    readonly models: ModelServer,
    private readonly dir: string,
    /** Connections that belong to no worker. */
    private readonly pool: Pool,
  ) {}

  get databaseUrl(): string {
    return this.database.url;
  }

  private keys: Record<string, string> = {};
  private readonly queuePrefix = `test-${randomUUID()}`;

  static async start(options: WorkerFixtureOptions = {}): Promise<WorkerFixture> {
    const [database, nats, models, dir] = await Promise.all([
      createTestDatabase(),
      startTestNats(),
      ModelServer.start(options.model),
      mkdtemp(join(tmpdir(), 'fiction-worker-')),
    ]);
    const pool = new Pool({ connectionString: database.url, options: '-c search_path=scene_weaver', max: 4 });
    // An idle connection that ends is replaced; without a listener its end would be this process's.
    pool.on('error', () => undefined);
    const fixture = new WorkerFixture(options, database, nats, models, dir, pool);
    await fixture.configure(providers(models.baseUrl, options));
    await Promise.all(Array.from({ length: options.workers ?? 1 }, () => fixture.addWorker()));
    return fixture;
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.pool.end();
    await Promise.all([this.database.drop(), this.nats.stop(), this.models.stop()]);
    await rm(this.dir, { recursive: true, force: true });
  }

  /** What workers that are added from now on are told of providers and their keys. */
  async configure(providersYaml: string, keys: Record<string, string> = {}): Promise<void> {
    await writeFile(join(this.dir, 'providers.yaml'), providersYaml);
    this.keys = keys;
  }

  /** @param other what its surroundings have that those of the others have not */
  async addWorker(other: Record<string, string> = {}): Promise<TestWorker> {
    const config = loadConfig('scene-weaver', {
      ...this.keys,
      DATABASE_URL: this.database.url,
      NATS_URL: this.nats.url,
      REDIS_URL: process.env.FICTION_TEST_REDIS_URL,
      FICTION_QUEUE_PREFIX: this.queuePrefix,
      FICTION_PROVIDERS: join(this.dir, 'providers.yaml'),
      FICTION_CONCURRENCY: String(this.options.concurrency ?? 16),
      LOG_LEVEL: 'silent',
      ...other,
    });
    const worker = await TestWorker.start(config, (run) => this.script(run));
    this.workers.push(worker);
    return worker;
  }

  /** The workers that have neither died nor ended. */
  get living(): TestWorker[] {
    return this.workers.filter((worker) => worker.alive);
  }

  /** Puts runs on record, as the command would. */
  async begin(...starts: (Partial<StartRun> & { runId: string })[]): Promise<void> {
    const whole = starts.map((start) => startOf(start));
    await this.living[0]!.transaction((uow, worker) => worker.get(RunStarts).start(uow, whole));
  }

  async cancel(runId: string): Promise<void> {
    await this.living[0]!.transaction((uow, worker) =>
      worker.get(RunStarts).cancel(uow, [{ runId, reason: 'because' }]),
    );
  }

  async query<R>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.pool.query(sql, values)).rows as R[];
  }

  async run(runId: string): Promise<RunRecord> {
    const [run] = await this.query<RunRecord>('SELECT * FROM runs WHERE id = $1', [runId]);
    if (run === undefined) throw new Error(`there is no run ${runId}`);
    return run;
  }

  /** Waits until a run has ended, for better or worse. */
  ended(runId: string, withinMs = RUN_WITHIN_MS): Promise<RunRecord> {
    return until(
      `${runId} has ended`,
      async () => {
        const [run] = await this.query<RunRecord>('SELECT * FROM runs WHERE id = $1', [runId]);
        return run !== undefined && !['queued', 'running'].includes(run.status) && run;
      },
      withinMs,
    );
  }

  /** The same, where no time passes between one attempt and the next, however long the runs here are told to wait. */
  endedInHaste(runId: string, withinMs = RUN_WITHIN_MS): Promise<RunRecord> {
    return until(
      `${runId} has ended`,
      async () => {
        await this.skipWaits();
        const [run] = await this.query<RunRecord>('SELECT * FROM runs WHERE id = $1', [runId]);
        return run !== undefined && !['queued', 'running'].includes(run.status) && run;
      },
      withinMs,
    );
  }

  /** Whatever waits for its next attempt need wait no longer. */
  async skipWaits(): Promise<void> {
    const waiting = await this.query<{ id: string; attempt: number }>(
      `UPDATE runs SET available_at = now() WHERE status = 'queued' AND available_at > now() RETURNING id, attempt`,
    );
    const nudges = waiting.map(({ id, attempt }) => ({ runId: id, attempt }));
    this.living[0]!.get(Nudger).nudgeBeside(nudges);
  }

  /** Waits until every run has ended. */
  async allEnded(withinMs = RUN_WITHIN_MS): Promise<void> {
    await until(
      'every run has ended',
      async () => (await this.query(`SELECT 1 FROM runs WHERE status IN ('queued', 'running') LIMIT 1`)).length === 0,
      withinMs,
    );
  }

  steps(runId: string): Promise<StepRecord[]> {
    return this.query(
      `SELECT steps.*, result::json, request::json, response::json FROM steps WHERE run_id = $1 ORDER BY id`,
      [runId],
    );
  }

  /** What was told of a run, in order. (Nobody in these tests receives events, so the outbox keeps them.) */
  async events(runId: string): Promise<RunEvent[]> {
    const rows = await this.query<{ event: RunEvent }>(
      `SELECT event FROM outbox, json_array_elements(body -> 'events') WITH ORDINALITY AS e (event, n)
       WHERE event ->> 'runId' = $1 ORDER BY position, n`,
      [runId],
    );
    return rows.map((row) => row.event);
  }

  async statuses(runId: string): Promise<ProgressStatus[]> {
    return (await this.events(runId)).map((event) => event.status);
  }

  /** Notes that `note` has left, in order. */
  async notes(runId: string): Promise<string[]> {
    const rows = await this.query<{ note: string }>('SELECT note FROM notes WHERE run_id = $1 ORDER BY id', [runId]);
    return rows.map((row) => row.note);
  }

  /** Waits until PostgreSQL has been up for so long that missing locks are believed. */
  async locksAreBelieved(): Promise<void> {
    const settled = `SELECT 1 FROM (SELECT pg_postmaster_start_time() AS at) s WHERE at < now() - interval '3 seconds'`;
    await until('PostgreSQL has been up for a while', async () => (await this.query(settled)).length > 0);
  }

  /** Ends the workers' connections to PostgreSQL; `like` tells which by their application name. */
  async terminateBackends(like = 'fiction-%'): Promise<void> {
    await this.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE $1`,
      [like],
    );
  }
}

function startOf(start: Partial<StartRun> & { runId: string }): StartRun {
  const planId = start.planId ?? 'plan-1';
  const branch = start.branch ?? 'main';
  const metadata = start.metadata ?? metadataOf({ planId, branch, backlogItemId: start.runId, taskId: start.runId });
  return {
    revision: 1,
    resumption: 0,
    phase: 'scene',
    target: { chapter: 1, scene: 1 },
    ...start,
    planId,
    branch,
    metadata,
  };
}

function providers(baseUrl: string, { timeoutSeconds = 30, slots = 256 }: WorkerFixtureOptions): string {
  return `providers:
  local:
    kind: openai-compatible
    lane: metal
    baseUrl: ${baseUrl}
    concurrency: ${slots}
    timeoutSeconds: ${timeoutSeconds}
    prices: { novelist: { inputPerMillion: 1000000, outputPerMillion: 1000000 } }
  hasty:
    kind: openai-compatible
    lane: metal
    baseUrl: ${baseUrl}
    concurrency: ${slots}
    timeoutSeconds: 0.5
`;
}
