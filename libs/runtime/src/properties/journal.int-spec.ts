import { runFinished } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { until } from '@fiction/testing';
import { Journal } from '../journal/journal';
import { gathered } from '../runs/run.types';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ concurrency: 64 });
});
afterAll(() => fixture.stop());
afterEach(() => jest.restoreAllMocks());

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const ids = (prefix: string, count: number): string[] => numbers(count).map((n) => `fiction:scene:${prefix}-${n}`);

it('shares one commit among the entries of one tick', async () => {
  const runIds = ids('tick', 32);
  let arrived = 0;
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  fixture.script = async (run) => {
    arrived += 1;
    await gate;
    await run.step('only', async () => 1);
    return { message: 'done' };
  };
  await fixture.begin(...runIds.map((runId) => ({ runId })));
  await until('all are under way', () => arrived === runIds.length);
  await until('their starts are told', async () => (await fixture.statuses(runIds.at(-1)!)).length === 2);
  const statements = jest.spyOn(fixture.workers[0]!.get(Database), 'query');
  open();
  await fixture.allEnded();
  const xmins = await fixture.query<{ count: number }>(
    `SELECT count(DISTINCT xmin::text)::int AS count FROM steps WHERE run_id = ANY($1)`,
    [runIds],
  );
  expect(xmins).toEqual([{ count: 1 }]);
  const records = statements.mock.calls.filter(([sql]) => sql.includes('INTO steps'));
  expect(records.length).toBeLessThanOrEqual(4);
});

it('records an answer while what follows the end of another run is held up', async () => {
  const [ends, answers] = ids('held-up', 2) as [string, string];
  let letGo!: () => void;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  let heldUp = false;
  fixture.script = async (run) => {
    await run.ask('only', proseTask('scene.only'));
    const effect = async (): Promise<void> => {
      heldUp = true;
      await gate;
    };
    return run.runId === ends ? { message: 'done', effect } : { message: 'done' };
  };
  await fixture.begin({ runId: ends });
  await until('the end is being recorded', () => heldUp);
  await fixture.begin({ runId: answers });
  try {
    await until('the answer is on record', async () => (await fixture.steps(answers)).length === 1);
    expect(await fixture.run(ends)).toMatchObject({ status: 'running' });
  } finally {
    letGo();
  }
  await fixture.allEnded();
});

it('lets a failing effect hurt only its own run', async () => {
  const runIds = ids('effect', 24);
  let arrived = 0;
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  fixture.script = async (run) => {
    const bad = run.runId.endsWith('-7');
    arrived += 1;
    await gate;
    await run.step(
      'noted',
      async () => (bad ? 'forbidden' : 'fine'),
      async (uow, note) =>
        void (await uow.query('INSERT INTO notes (run_id, note) VALUES ($1, $2)', [run.runId, note])),
    );
    run.progress(50, 'half');
    await run.step('after', async () => 1);
    return { message: 'done' };
  };
  await fixture.begin(...runIds.map((runId) => ({ runId })));
  await until('all are under way', () => arrived === runIds.length);
  open();
  await until('the others are complete', async () => {
    const [row] = await fixture.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM runs WHERE id = ANY($1) AND status = 'complete' AND attempt = 1`,
      [runIds],
    );
    return row!.count === runIds.length - 1;
  });
  for (const runId of runIds) {
    const bad = runId.endsWith('-7');
    expect(await fixture.notes(runId)).toEqual(bad ? [] : ['fine']);
    if (!bad) expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Progress', 'Completed']);
  }
  await fixture.cancel('fiction:scene:effect-7');
});

it('writes the effects of runs that end together in one statement, and lets a failing one hurt only its own run', async () => {
  const runIds = ids('together', 24);
  const sizes: number[] = [];
  const write = async (uow: UnitOfWork, all: { runId: string; note: string }[]): Promise<void> => {
    sizes.push(all.length);
    await uow.query('INSERT INTO notes (run_id, note) SELECT * FROM unnest($1::text[], $2::text[])', [
      all.map(({ runId }) => runId),
      all.map(({ note }) => note),
    ]);
  };
  let arrived = 0;
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const noteOf = (runId: string): string => (runId.endsWith('-7') ? 'forbidden' : 'fine');
  fixture.script = async ({ runId }) => {
    arrived += 1;
    await gate;
    return { message: 'done', effect: gathered(write, { runId, note: noteOf(runId) }) };
  };
  await fixture.begin(...runIds.map((runId) => ({ runId })));
  await until('all are under way', () => arrived === runIds.length);
  open();
  await until('the others are complete', async () => {
    const [row] = await fixture.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM runs WHERE id = ANY($1) AND status = 'complete'`,
      [runIds],
    );
    return row!.count === runIds.length - 1;
  });
  // Those of a commit together; and where one of them cannot be written, each by itself after that.
  expect(Math.max(...sizes)).toBeGreaterThan(1);
  for (const runId of runIds) {
    expect(await fixture.notes(runId)).toEqual(runId.endsWith('-7') ? [] : ['fine']);
  }
  await fixture.cancel('fiction:scene:together-7');
});

it('records what a step has asked and got to the letter, whatever is in it', async () => {
  const runId = 'fiction:scene:letters';
  const odd = { text: '"quoted\\" {a,b} \n NULL é 海 👋', none: null, list: [], empty: '', number: 1e-7 };
  fixture.script = async (run) => {
    await run.lookUp('nothing', async () => undefined);
    await run.lookUp('looked-up', async () => odd);
    await run.step('null', async () => null);
    await run.step('unstorable', async () => ({ text: 'a\u0000b\ud800c' }));
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.ended(runId);
  const rows = await fixture.query<{ name: string; result: unknown }>(
    'SELECT name, result::json, result IS NULL AS empty FROM steps WHERE run_id = $1 ORDER BY name',
    [runId],
  );
  expect(rows).toEqual([
    { name: 'looked-up', result: odd, empty: false },
    { name: 'nothing', result: null, empty: true },
    { name: 'null', result: null, empty: true },
    { name: 'unstorable', result: { text: 'a\ufffdb\ufffdc' }, empty: false },
  ]);
});

it('counts once what a lost connection left in doubt, round after round', async () => {
  fixture.script = async (run) => {
    for (const n of numbers(4)) {
      await run.step(
        `step-${n}`,
        async () => n,
        n % 2 === 0
          ? async (uow) =>
              void (await uow.query('INSERT INTO notes (run_id, note) VALUES ($1, $2)', [run.runId, `${n}`]))
          : undefined,
      );
    }
    return {
      message: 'done',
      effect: async (uow) => void (await uow.query(`INSERT INTO notes (run_id, note) VALUES ($1, 'end')`, [run.runId])),
    };
  };
  const all: string[] = [];
  for (const round of numbers(10)) {
    const runIds = ids(`cut-${round}`, 12);
    all.push(...runIds);
    await until('they are on record', async () => {
      await fixture.begin(...runIds.map((runId) => ({ runId }))).catch(() => undefined);
      return (await fixture.query('SELECT 1 FROM runs WHERE id = $1', [runIds[0]])).length > 0;
    });
    // Only the connections of the pool: the worker is alive all the time.
    await fixture.terminateBackends('fiction-scene-weaver');
  }
  await fixture.allEnded();
  for (const runId of all) {
    expect(await fixture.run(runId)).toMatchObject({ status: 'complete', failures: 0 });
    expect(await fixture.notes(runId)).toEqual(['2', '4', 'end']);
    expect((await fixture.steps(runId)).map((step) => step.name)).toEqual(['step-1', 'step-2', 'step-3', 'step-4']);
    expect((await fixture.statuses(runId)).filter((status) => status === 'Completed')).toHaveLength(1);
  }
});

it('counts once what was committed without anybody hearing of it', async () => {
  const [worker] = fixture.workers;
  const database = worker!.get(Database);
  const query = database.query.bind(database);
  const transaction = database.transaction.bind(database);
  let deaf = 0;
  const lost = (): Error => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
  jest.spyOn(database, 'query').mockImplementation(async (sql, values) => {
    const rows = await query(sql, values);
    if (sql.includes('INTO steps') && deaf++ % 2 === 0) throw lost();
    return rows as never;
  });
  jest.spyOn(database, 'transaction').mockImplementation(async (work) => {
    const outcome = await transaction(work);
    if (deaf++ % 2 === 0) throw lost();
    return outcome as never;
  });
  fixture.script = async (run) => {
    await run.step('plain', async () => 1);
    run.progress(40, 'on the way');
    await run.step(
      'noted',
      async () => 2,
      async (uow) => void (await uow.query(`INSERT INTO notes (run_id, note) VALUES ($1, 'once')`, [run.runId])),
    );
    return { message: 'done' };
  };
  const runId = 'fiction:scene:unheard';
  await fixture.begin({ runId }).catch(() => undefined);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', failures: 0 });
  expect(await fixture.notes(runId)).toEqual(['once']);
  const events = await fixture.events(runId);
  // Whatever was told twice has one id, and is known by it.
  const told = new Map(events.map((event) => [event.eventId, event.status]));
  const statuses = [...told.values()].filter((status) => status !== 'Resumed');
  expect(statuses.filter((status) => status === 'Progress')).toHaveLength(1);
  expect(statuses.filter((status) => status === 'Completed')).toHaveLength(1);
});

it('cuts what it tells together into messages that the bus can carry', async () => {
  const runIds = ids('wordy', 24);
  let arrived = 0;
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  fixture.script = async () => {
    arrived += 1;
    await gate;
    return {
      message: 'x'.repeat(10_000),
      details: { list: Array.from({ length: 500 }, (_, n) => `${n} ${'y'.repeat(400)}`) },
    };
  };
  await fixture.begin(...runIds.map((runId) => ({ runId })));
  await until('all are under way', () => arrived === runIds.length);
  open();
  await fixture.allEnded();
  const sizes = await fixture.query<{ bytes: number }>(
    'SELECT octet_length(body::text) AS bytes FROM outbox WHERE subject = $1',
    [runFinished.subject],
  );
  expect(Math.max(...sizes.map((row) => row.bytes))).toBeLessThan(900_000);
  for (const runId of runIds) expect((await fixture.statuses(runId)).at(-1)).toBe('Completed');
});

it('refuses an event that does not fit its contract, and hurts nobody else', async () => {
  const journal = fixture.workers[0]!.get(Journal);
  const run = { runId: 'r', revision: 1, attempt: 1, planId: 'p', branch: 'main', phase: 'nonsense' };
  const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const event = { status: 'Progress', percent: 1, message: '', checkpoint: 'pending', details: {} };
  const entry = { run: { ...run, target: {}, metadata: {} }, usage, event };
  await expect(journal.record(entry as never)).rejects.toThrow('phase');
});
