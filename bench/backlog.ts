import { listsOf } from '../apps/planner/src/backlog/backlog.reader';
import { MOVE_ON, SETTLE } from '../apps/planner/src/graph/run-results';
import { TestSystem } from '@fiction/testing';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { median } from './median';

const ROOT = resolve(__dirname, '..', '..');
const TIMES = 25;

/** What the database takes for a question about a plan, in milliseconds, and how it goes about it. */
export interface Asked {
  what: string;
  ms: number;
  plan: string[];
}

export interface BacklogFigures {
  items: number;
  asked: Asked[];
  /** To write down that one scene is complete and count down at the next one, in milliseconds. */
  finishMs: number;
}

/** Plans of these sizes side by side in one database, asked in turns. */
export async function measureBacklog(sizes: number[]): Promise<BacklogFigures[]> {
  const system = await TestSystem.start({ root: ROOT, onlyServers: true, durable: true });
  const client = new Client({ connectionString: system.postgres.url, options: '-c search_path=planner' });
  client.on('error', () => undefined);
  try {
    // The planner makes its tables.
    await system.startServices();
    await client.connect();
    for (const size of sizes) await seed(client, `plan-${size}`, size);
    await client.query('VACUUM ANALYZE items, dependencies, plans, branches');
    const figures: BacklogFigures[] = [];
    for (const items of sizes) figures.push({ items, ...(await ask(client, `plan-${items}`)) });
    return figures;
  } finally {
    await client.end();
    await system.stop();
  }
}

/** A book of `size` scenes in chains of ten, half of it complete. */
async function seed(client: Client, planId: string, size: number): Promise<void> {
  await client.query(
    `INSERT INTO plans (id, project_id, title, author, brief, status, correlation_id, created_by)
     VALUES ($1, 'shelf', 'Bench', 'Nobody', '{"budget": {"usd": null, "tokens": null}}', 'paused', 'c', 'bench')`,
    [planId],
  );
  await client.query(`INSERT INTO branches (plan_id, name, brief, open_items) VALUES ($1, 'main', '{}', $2)`, [
    planId,
    size,
  ]);
  await client.query(
    `INSERT INTO items (id, plan_id, branch, phase, target, run_id, status, pending, changed_at)
     SELECT 'item:scene:' || $1 || '-' || n, $1, 'main', 'scene',
       jsonb_build_object('chapter', 1 + n / 10, 'scene', 1 + n % 10, 'sceneId', $1 || '-' || n),
       'fiction:scene:' || $1 || '-' || n,
       CASE WHEN n % 10 < 5 THEN 'complete' WHEN n % 10 = 5 THEN 'running' ELSE 'pending' END,
       CASE WHEN n % 10 <= 5 THEN 0 ELSE 1 END, now() - n * interval '1 second'
     FROM generate_series(0, $2::int - 1) AS n`,
    [planId, size],
  );
  await client.query(
    `INSERT INTO dependencies (item_id, depends_on)
     SELECT 'item:scene:' || $1 || '-' || n, 'item:scene:' || $1 || '-' || (n - 1)
     FROM generate_series(0, $2::int - 1) AS n WHERE n % 10 > 0`,
    [planId, size],
  );
}

async function ask(client: Client, planId: string): Promise<Omit<BacklogFigures, 'items'>> {
  const { newest, graph, counts } = listsOf('main');
  const page = [planId, 'main', null, null, null, null, null, null, 51];
  const text = [planId, 'main', null, null, null, '%no such text%', null, null, 51];
  return {
    asked: [
      await explain(client, 'first page, last changed first', newest, page),
      await explain(client, 'first page, in book order', graph, page),
      await explain(client, 'first page of what is running', newest, page.with(3, 'running')),
      await explain(client, 'a text that no item has', newest, text),
      await explain(client, 'counts', counts, [planId, 'main']),
    ],
    finishMs: await finish(client, planId),
  };
}

async function explain(client: Client, what: string, sql: string, values: unknown[]): Promise<Asked> {
  const times: number[] = [];
  let plan: string[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, values);
    plan = rows.map((row) => row['QUERY PLAN']);
    times.push(Number(/Execution Time: ([\d.]+)/.exec(plan.at(-1) ?? '')?.[1]));
  }
  return { what, ms: median(times), plan };
}

/** Each time another scene, rolled back: the plan stays as it is. */
async function finish(client: Client, planId: string): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const runId = `fiction:scene:${planId}-${5 + 10 * (time % 10)}`;
    await client.query('BEGIN');
    const started = performance.now();
    const settled = await client.query<{ id: string }>({
      name: 'settle',
      text: SETTLE,
      values: [[runId], [1], [0], [1], ['complete'], [null], [null], [0.01], [1000], new Date(), [900]],
    });
    await client.query({
      name: 'move-on',
      text: MOVE_ON,
      values: [settled.rows.map((row) => row.id), [planId], ['main'], ['complete'], [0.01], [1000], ['scene']],
    });
    times.push(performance.now() - started);
    await client.query('ROLLBACK');
  }
  return median(times);
}
