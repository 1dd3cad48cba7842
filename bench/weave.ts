import { visitPostgres } from '@fiction/stack';
import { TestSystem } from '@fiction/testing';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Redis from 'ioredis';
import { CALLS_PER_SCENE, type BookShape } from './list-schedule';
import { ModelProcess } from './model-process';
import type { SeenCall } from './model-server';
import { usageOf, usageOfTree } from './processor-time';

const ROOT = resolve(__dirname, '..', '..');
const LIMIT_MS = 600_000;

export interface WeaveOptions {
  shape: BookShape;
  latencyMs: number;
  /** Model calls at once. */
  slots: number;
  /** Kill the scene weaver with -9 once this many calls were made. */
  killAfterCalls?: number;
  sceneWeavers?: number;
  /** Books of 200 scenes that the same processes write before, unmeasured; 1 if left out. */
  booksBefore?: number;
}

export interface Woven {
  wallMs: number;
  calls: SeenCall[];
  /** Processor milliseconds by process, while the book was written. */
  cpuMs: Record<string, number>;
  residentMb: Record<string, number>;
  /** Commits of PostgreSQL and commands of Redis, while the book was written. */
  commits: number;
  redisCommands: number;
  killedAt?: number;
  restartedAt?: number;
}

/** Processor time of a call, of all processes but the model server, which stands for somebody else's machine. */
export function cpuMsOfCall({ cpuMs, calls }: Woven): number {
  const own = Object.entries(cpuMs).filter(([name]) => name !== 'model server');
  return own.reduce((total, [, ms]) => total + ms, 0) / calls.length;
}

/** Writes one book with the whole system and measures it. */
export async function weave(options: WeaveOptions): Promise<Woven> {
  const { shape, latencyMs, slots } = options;
  const model = await ModelProcess.start(latencyMs);
  const system = await TestSystem.start({
    root: ROOT,
    onlyServers: true,
    durable: true,
    replicas: { 'scene-weaver': options.sceneWeavers ?? 1 },
    env: { LOG_LEVEL: 'warn', FICTION_CONCURRENCY: String(Math.max(64, slots)) },
  });
  try {
    const providers = join(system.dir, 'providers.yaml');
    const wire = { kind: 'openai-compatible', baseUrl: model.baseUrl, lane: 'metal', concurrency: slots };
    await writeFile(providers, JSON.stringify({ providers: { wire } }));
    system.addEnvironment({ FICTION_PROVIDERS: providers, FICTION_DEFAULT_PROVIDER: 'wire' });
    await system.startServices();
    const booksBefore = options.booksBefore ?? 1;
    for (let book = 0; book < booksBefore; book += 1) await warmUp(system);
    const counted = await counters(system);
    const used = await usages(system, model);
    const planId = await system.client.createPlan(brief(shape));
    const killing = options.killAfterCalls === undefined ? undefined : killOnce(system, model, options.killAfterCalls);
    const wallMs = await finished(system, planId);
    const killed = await killing;
    const after = await usages(system, model);
    const since = await counters(system);
    const { calls } = await model.calls();
    const cpuMs = Object.fromEntries(
      Object.entries(after).map(([name, use]) => [name, use.cpuMs - (used[name]?.cpuMs ?? 0)]),
    );
    const before = booksBefore * expectedCalls(WARM_UP);
    const once = before + expectedCalls(shape);
    if (options.killAfterCalls === undefined && calls.length !== once) {
      throw new Error(`${calls.length} calls were made for a book of ${once}: what is measured is not the book`);
    }
    const residentMb = Object.fromEntries(Object.entries(after).map(([name, use]) => [name, use.residentMb]));
    const commits = since.commits - counted.commits;
    const redisCommands = since.redisCommands - counted.redisCommands;
    return {
      wallMs,
      calls: calls.slice(before),
      cpuMs,
      residentMb,
      commits,
      redisCommands,
      ...killed,
    };
  } finally {
    await model.stop();
    await system.stop();
  }
}

async function counters(system: TestSystem): Promise<{ commits: number; redisCommands: number }> {
  const redis = new Redis(system.redis.url);
  try {
    const { rows } = await visitPostgres({ connectionString: system.postgres.url }, (client) =>
      client.query<{ commits: string }>(
        'SELECT xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()',
      ),
    );
    const commands = /total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1];
    return { commits: Number(rows[0]?.commits), redisCommands: Number(commands) };
  } finally {
    redis.disconnect();
  }
}

const WARM_UP: BookShape = { chapters: 20, scenesPerChapter: 10, planningPasses: 2 };

/** Code is compiled and connections are made before anything is measured. */
async function warmUp(system: TestSystem): Promise<void> {
  await finished(system, await system.client.createPlan(brief(WARM_UP)));
}

function brief({ chapters, scenesPerChapter, planningPasses }: BookShape): string {
  return `---
title: The Bench
author: Nobody
continuity: loose
chapters: ${chapters}
scenesPerChapter: ${scenesPerChapter}
planningPasses: ${planningPasses}
targetWords: ${chapters * scenesPerChapter * 700}
cast: [{ name: Ada Quill, role: protagonist, baseline: dry }]
bindings: { default: { provider: wire, model: bench } }
---
Ada Quill keeps the clock of Marrow Quay.
`;
}

/** Waits for the end of a plan; answers its time from creation to completion, by the database's clock. */
async function finished(system: TestSystem, planId: string): Promise<number> {
  return visitPostgres({ connectionString: system.postgres.url }, async (client) => {
    for (const until = Date.now() + LIMIT_MS; Date.now() < until;) {
      const { rows } = await client.query<{ status: string; status_reason: string; ms: number }>(
        `SELECT status, status_reason, extract(epoch FROM finished_at - created_at)::float8 * 1000 AS ms
         FROM planner.plans WHERE id = $1`,
        [planId],
      );
      if (rows[0]?.status === 'complete') return rows[0].ms;
      if (rows[0]?.status === 'failed') throw new Error(`the plan failed: ${rows[0].status_reason}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`the book was not finished within ${LIMIT_MS} ms`);
  });
}

async function killOnce(
  system: TestSystem,
  model: ModelProcess,
  afterCalls: number,
): Promise<{ killedAt: number; restartedAt: number }> {
  const scenes = (calls: SeenCall[]): number => calls.filter((call) => call.task.startsWith('scene.')).length;
  const already = scenes((await model.calls()).calls);
  while (scenes((await model.calls()).calls) - already < afterCalls) await new Promise((done) => setTimeout(done, 20));
  // The clock is read first and the signal sent at once: what is in flight then is what the kill interrupts.
  const killedAt = (await model.calls()).now;
  await system.processes.kill(system.namesOf('scene-weaver')[0]!);
  await system.processes.whenReady(system.namesOf('scene-weaver')[0]!);
  return { killedAt, restartedAt: (await model.calls()).now };
}

async function usages(
  system: TestSystem,
  model: ModelProcess,
): Promise<Record<string, { cpuMs: number; residentMb: number }>> {
  const found: Record<string, { cpuMs: number; residentMb: number }> = {};
  for (const name of system.processes.names) {
    const pid = system.processes.pidOf(name);
    if (pid !== undefined) found[name] = await usageOf(pid);
  }
  found.postgres = await usageOfTree(system.postgres.pid!);
  found.redis = await usageOf(system.redis.pid!);
  found.nats = await usageOf(system.nats.pid!);
  found['model server'] = await usageOf(model.pid);
  return found;
}

/** Model calls of a book as the bench writes it. */
export function expectedCalls(shape: BookShape): number {
  return 7 + shape.planningPasses + shape.chapters * (2 + shape.scenesPerChapter * CALLS_PER_SCENE);
}
