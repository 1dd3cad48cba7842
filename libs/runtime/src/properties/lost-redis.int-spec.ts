import { HealthRegistry, redisOptions } from '@fiction/platform';
import { until } from '@fiction/testing';
import type { Queue } from 'bull';
import { Redis, type RedisOptions } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { Nudger } from '../queue/nudger';
import { RUN_QUEUE } from '../queue/run-queue.token';
import { Reconciler } from '../reconciler/reconciler';
import { WorkerFixture } from '../testing/worker.fixture';

const RUNS = 40;
const FULL = `test-${randomUUID()}`;

interface RedisClient {
  status: string;
  options: RedisOptions;
  stream: { destroy(): void };
  offlineQueue: { length: number };
}

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start();
  // Redis is met: from now on it is known by whether it has forgotten that.
  await fixture.workers[0]!.get(Nudger).wasLost();
});
afterEach(() => fixture.stop());

/** How often it was found, from now on, that all that waits must be put before the workers again. */
function repeats(nudger: Nudger): () => Promise<number> {
  const asking = jest.spyOn(nudger, 'wasLost');
  return async () =>
    (await Promise.all(asking.mock.results.map(({ value }) => value as Promise<boolean>))).filter(Boolean).length;
}

it('keeps no nudges in memory while Redis is away, and goes on with everything when it is back', async () => {
  const worker = fixture.workers[0]!;
  const { clients, client } = worker.get<Queue>(RUN_QUEUE) as unknown as {
    clients: RedisClient[];
    client: RedisClient;
  };
  const before = clients.map(({ options: { path, port } }) => ({ path, port }));
  for (const one of clients) {
    Object.assign(one.options, { path: '/nobody/is/here.sock', port: 1 } satisfies RedisOptions);
    one.stream.destroy();
  }
  await until('Redis cannot be reached', () => client.status !== 'ready');
  const known = client.offlineQueue.length;

  const ids = Array.from({ length: RUNS }, (_, n) => `fiction:scene:without-redis-${n}`);
  await fixture.begin(...ids.map((runId) => ({ runId })));
  const nudger = worker.get(Nudger);
  for (let again = 0; again < 50; again += 1) nudger.nudge(ids.map((runId) => ({ runId, attempt: 1, delayMs: 0 })));
  expect(await nudger.waiting()).toBeUndefined();
  // What asks whether Redis has forgotten everything, once.
  expect(client.offlineQueue.length).toBeLessThanOrEqual(known + 1);

  const repeated = repeats(nudger);
  clients.forEach((one, n) => Object.assign(one.options, before[n]));
  await fixture.allEnded();
  // At once, and not when they are overdue; and then no more.
  for (let round = 1; round <= 3; round += 1) await worker.get(Reconciler).reconcile();
  expect(await repeated()).toBe(1);
  for (const runId of ids) expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 1 });
});

it('is not ready while Redis is there and takes nothing, says why, and goes on when it does again', async () => {
  const worker = fixture.workers[0]!;
  const { client } = worker.get<Queue>(RUN_QUEUE);
  const problem = async () => (await worker.get(HealthRegistry).problems()).queue;
  expect(await problem()).toBeUndefined();
  const repeated = repeats(worker.get(Nudger));
  const redis = new Redis(redisOptions(process.env.FICTION_TEST_REDIS_URL!));
  try {
    // What a full one refuses to all, this one refuses to us.
    await redis.acl('SETUSER', FULL, 'on', '>salt', '~*', '&*', '+@all', '-set');
    await client.call('AUTH', FULL, 'salt');
    expect(await until('it is told of', problem)).toMatch(/^Redis accepts no jobs: NOPERM/);
    await redis.acl('SETUSER', FULL, '+set');
    await until('it is over', async () => (await problem()) === undefined);
    expect(await repeated()).toBe(1);
    await fixture.begin({ runId: 'fiction:scene:after-all' });
    await fixture.allEnded();
  } finally {
    await redis.acl('DELUSER', FULL);
    await redis.quit();
  }
});
