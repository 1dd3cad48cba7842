import { Database } from '@fiction/platform';
import { behave, until } from '@fiction/testing';
import { RunExecutor } from '../execution/run-executor';
import { Journal } from '../journal/journal';
import { RuntimeMetrics } from '../metrics/runtime.metrics';
import { Nudger } from '../queue/nudger';
import { RunClaims } from '../runs/run-claims';
import type { RunContext } from '../runs/run.types';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

/** Places of a worker here. */
const PLACES = 2;

let fixture: WorkerFixture;
let begun: RunContext[];
let open: () => void;
let opened: Promise<void>;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ workers: 1, concurrency: PLACES });
  await fixture.locksAreBelieved();
  begun = [];
  opened = new Promise((resolve) => (open = resolve));
});
afterEach(async () => {
  open();
  await fixture.stop();
  jest.restoreAllMocks();
});

const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `fiction:scene:${name}-${index + 1}`);

const begin = (runIds: string[]): Promise<void> => fixture.begin(...runIds.map((runId) => ({ runId })));

/** As if a worker that is gone had begun them. */
async function lose(runIds: string[]): Promise<void> {
  await fixture.query(`UPDATE runs SET status = 'running', worker_id = -1 WHERE id = ANY($1)`, [runIds]);
}

/** A worker whose places are all taken until `open` is called, and runs that wait for one. */
async function crowded(waiting: string[]): Promise<void> {
  fixture.script = async (run) => {
    begun.push(run);
    await opened;
    return { message: 'done' };
  };
  await begin(named('own', PLACES));
  await until('every place is taken', () => begun.length === PLACES);
  await begin(waiting);
}

it('goes on with lost runs at once where all places are taken: with as many again as there are places, never with more', async () => {
  const ids = named('lost', PLACES + 3);
  await crowded(ids);
  await lose(ids);
  await until('as many again are begun', () => begun.length === 2 * PLACES);
  await until('the rest is queued', async () => {
    const queued = `SELECT 1 FROM runs WHERE status = 'queued' AND attempt = 2`;
    return (await fixture.query(queued)).length === ids.length - PLACES;
  });
  expect(begun.slice(PLACES).map(({ attempt }) => attempt)).toEqual([2, 2]);
  const [worker] = fixture.workers;
  const inFlight = await worker!.get(RuntimeMetrics).runsInFlight.get();
  expect(inFlight.values.reduce((sum, { value }) => sum + value, 0)).toBe(2 * PLACES);
  expect(worker!.get(RunExecutor).room).toBe(0);

  open();
  await fixture.allEnded();
  expect(begun.map(({ runId }) => runId).toSorted()).toEqual([...named('own', PLACES), ...ids].toSorted());
  for (const runId of ids)
    expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 2, losses: 1 });
  await until('there is room again', () => worker!.get(RunExecutor).room === PLACES);
});

it('gives each lost run to one of several workers that find it', async () => {
  await Promise.all([fixture.addWorker(), fixture.addWorker()]);
  const ids = named('lost', 3 * PLACES);
  fixture.script = async (run) => {
    begun.push(run);
    await run.step('write', async () => run.attempt);
    return { message: 'done' };
  };
  const takes = fixture.workers.map((worker) => jest.spyOn(worker.get(RunClaims), 'take').mockResolvedValue(undefined));
  await begin(ids);
  await lose(ids);
  for (const take of takes) take.mockRestore();
  await fixture.allEnded();
  expect(begun.map(({ runId }) => runId).toSorted()).toEqual(ids);
  for (const runId of ids)
    expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 2, losses: 1 });
});

it('takes what has been begun before what has not from the queue as well, whatever came first', async () => {
  const [begunBefore] = named('begun-before', 1);
  await crowded([...named('new', 6), begunBefore!]);
  await fixture.query('UPDATE runs SET attempt = 2 WHERE id = $1', [begunBefore]);
  fixture.workers[0]!.get(Nudger).nudge([{ runId: begunBefore!, attempt: 2, delayMs: 0 }]);
  await until('all lie in the queue', async () => (await fixture.workers[0]!.get(Nudger).waiting()) === 8);
  open();
  await fixture.allEnded();
  expect(begun.slice(PLACES, 2 * PLACES).map(({ runId }) => runId)).toContain(begunBefore);
});

it('waits, when its process ends, for what it has taken on, and hands it on in order', async () => {
  const [worker] = fixture.workers;
  const [runId] = named('lost', 1);
  fixture.script = async (run) => {
    begun.push(run);
    if (run.attempt === 1) await new Promise((_, reject) => run.signal.addEventListener('abort', reject));
    await run.step('under-way', async () => opened);
    await run.step('never', async () => 'begun');
    return { message: 'done' };
  };
  await begin([runId!]);
  await until('it is under way', () => begun.length === 1);
  await lose([runId!]);
  await until('it is taken on', () => begun.length === 2);
  const closing = jest.spyOn(worker!.get(Journal), 'close');
  const ended = worker!.end();
  const executor = worker!.get(RunExecutor) as unknown as { draining: boolean };
  await until('it begins nothing new', () => executor.draining);
  expect(closing).not.toHaveBeenCalled();
  open();
  await ended;
  expect(await fixture.run(runId!)).toMatchObject({ status: 'queued', attempt: 3, losses: 1, failures: 0 });
  expect((await fixture.steps(runId!)).map(({ name, attempt }) => [name, attempt])).toEqual([['under-way', 2]]);
});

it('reads what is recorded of all of them in one statement, and gives each its own', async () => {
  const [worker] = fixture.workers;
  const ids = named('lost', PLACES);
  fixture.script = async (run) => {
    begun.push(run);
    const mine = await run.step('mine', async () => `${run.runId} at ${run.revision}`);
    await run.ask('draft', proseTask('scene.draft', { mine }));
    if (run.attempt === run.revision) await new Promise((_, no) => run.signal.addEventListener('abort', no));
    return { message: mine };
  };
  const recorded = (count: number): Promise<unknown> =>
    until(`${count} answers are recorded`, async () => {
      return (await fixture.query(`SELECT 1 FROM steps WHERE kind = 'model'`)).length === count;
    });
  await begin(ids);
  await recorded(2);
  await fixture.begin({ runId: ids[1]!, revision: 2 });
  await recorded(3);
  begun = [];
  const queries = jest.spyOn(worker!.get(Database), 'query');
  await lose(ids);
  await fixture.allEnded();
  const reads = queries.mock.calls.filter(([text]) => /FROM steps/.test(text) && text.includes('response'));
  expect(reads).toHaveLength(1);
  expect(new Set(begun.map(({ attempt }) => attempt))).toEqual(new Set([2, 3]));
  expect(fixture.models.count()).toBe(3);
  const messages = await Promise.all(ids.map(async (runId) => (await fixture.events(runId)).at(-1)));
  expect(messages.map((event) => [event!.message, event!.usage.calls])).toEqual([
    [`${ids[0]} at 1`, 1],
    [`${ids[1]} at 2`, 2],
  ]);
});

it('makes their model calls before those of work that is new, where the provider allows only so many at once', async () => {
  await fixture.configure(`providers:
  local: { kind: openai-compatible, lane: metal, baseUrl: "${fixture.models.baseUrl}", concurrency: 1 }
`);
  await fixture.workers[0]!.end();
  const worker = await fixture.addWorker();
  fixture.script = async (run) => {
    begun.push(run);
    await run.ask('draft', proseTask(run.attempt > 1 ? 'scene.revise' : 'scene.draft'));
    return { message: 'done' };
  };
  // The first call holds the provider, the second waits for it.
  fixture.models.script('scene.draft', [behave.latch(opened)]);
  await begin(named('own', PLACES));
  await until('a call is made', () => fixture.models.count() === 1);
  await until('every place is taken', () => begun.length === PLACES);
  const [lost] = named('lost', 1);
  await begin([lost!]);
  await lose([lost!]);
  const executor = worker.get(RunExecutor) as unknown as { models: { load(): { queued: number }[] } };
  await until('the lost one waits too', () => executor.models.load()[0]?.queued === PLACES);
  open();
  await fixture.allEnded();
  expect(fixture.models.calls.map(({ task }) => task)).toEqual(['scene.draft', 'scene.revise', 'scene.draft']);
});

it('looks for what was lost before it takes anything from the queue, when a process starts', async () => {
  await crowded(named('new', 3));
  await fixture.workers[0]!.die();
  open();

  const takingOn = jest.spyOn(RunExecutor.prototype, 'takeOn');
  const taking = jest.spyOn(RunClaims.prototype, 'take');
  await fixture.addWorker();
  await fixture.allEnded();
  const [lost, queued] = [takingOn, taking].map(({ mock }) => mock.invocationCallOrder);
  expect(lost).toHaveLength(PLACES);
  expect(Math.max(...lost!)).toBeLessThan(Math.min(...queued!));
  for (const runId of named('own', PLACES)) expect(await fixture.run(runId)).toMatchObject({ attempt: 2, losses: 1 });
});
