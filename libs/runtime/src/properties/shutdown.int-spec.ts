import { behave, until } from '@fiction/testing';
import { RunExecutor } from '../execution/run-executor';
import { RUN_QUEUE } from '../queue/run-queue.token';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';
import type { Queue } from 'bull';
import type { RedisOptions } from 'ioredis';

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start();
});
afterEach(() => fixture.stop());

/** The limit after which a process that does not end is ended. */
const LIMIT_MS = 8_000;

it('records the step under way, hands the run on at once and spends no failure', async () => {
  const runId = 'fiction:scene:handed-on';
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const executed: string[] = [];
  const [first] = fixture.workers;
  let begun = false;
  fixture.script = async (run) => {
    await run.step('under-way', async () => {
      begun = true;
      await gate;
      executed.push('under-way');
      return 1;
    });
    await run.step('next', async () => executed.push('next'));
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await until('the step is under way', () => begun);
  await fixture.addWorker();
  const ended = first!.end();
  const executor = first!.get(RunExecutor) as unknown as { draining: boolean };
  await until('it begins nothing new', () => executor.draining);
  open();
  const openedAt = performance.now();
  const run = await fixture.ended(runId);
  expect(performance.now() - openedAt).toBeLessThan(1_500);
  expect(run).toMatchObject({ status: 'complete', attempt: 2, failures: 0, losses: 0, pauses: 0 });
  expect(executed).toEqual(['under-way', 'next']);
  expect((await fixture.steps(runId)).map(({ name, attempt }) => [name, attempt])).toEqual([
    ['under-way', 1],
    ['next', 2],
  ]);
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Resumed', 'Started', 'Completed']);
  await ended;
});

it('gives up a model call that takes longer than it can wait, and loses no run', async () => {
  const runId = 'fiction:scene:long-call';
  fixture.models.script('scene.draft', [behave.hang()]);
  fixture.script = async (run) => ({ message: await run.ask('draft', proseTask('scene.draft')) });
  await fixture.begin({ runId });
  await fixture.models.waitForCall(() => true);
  const [first] = fixture.workers;
  await fixture.addWorker();
  const begunAt = performance.now();
  await first!.end();
  expect(performance.now() - begunAt).toBeLessThan(LIMIT_MS);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2, failures: 0, losses: 0 });
  expect(fixture.models.count()).toBe(2);
});

it('ends in time while Redis is away', async () => {
  const [worker] = fixture.workers;
  const queue = worker!.get<Queue>(RUN_QUEUE);
  // As if nobody were there: neither this connection nor the next one is answered, whether by socket or by port.
  const { clients } = queue as unknown as { clients: { options: RedisOptions; stream?: { destroy(): void } }[] };
  for (const client of clients) {
    Object.assign(client.options, { path: '/nobody/is/here.sock', port: 1 } satisfies RedisOptions);
    client.stream?.destroy();
  }
  await until('Redis is missed', () => queue.client.status !== 'ready');
  const begunAt = performance.now();
  await worker!.end();
  expect(performance.now() - begunAt).toBeLessThan(LIMIT_MS);
});

it('ends in time while NATS is away, in the middle of a run', async () => {
  const runId = 'fiction:scene:no-nats';
  fixture.models.script('scene.draft', [behave.hang()]);
  fixture.script = async (run) => ({ message: await run.ask('draft', proseTask('scene.draft')) });
  await fixture.begin({ runId });
  await fixture.models.waitForCall(() => true);
  await fixture.nats.instance.kill();
  const begunAt = performance.now();
  await fixture.workers[0]!.end();
  expect(performance.now() - begunAt).toBeLessThan(2 * LIMIT_MS);
  expect(await fixture.run(runId)).toMatchObject({ status: 'queued', attempt: 2, failures: 0 });
});
