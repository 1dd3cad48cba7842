import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { MinuteBudget, type SharedRedis } from './minute-budget';

const clients: Redis[] = [];
afterEach(() => clients.splice(0).forEach((redis) => redis.disconnect()));

async function connect(prefix = 'test'): Promise<SharedRedis> {
  const redis = new Redis(process.env.FICTION_TEST_REDIS_URL!, { maxRetriesPerRequest: 1 });
  clients.push(redis);
  await redis.ping();
  return { redis, prefix, log: console };
}

const now = () => Date.now();

describe('MinuteBudget on Redis', () => {
  it('is one budget for every process', async () => {
    const key = randomUUID();
    const ours = new MinuteBudget(key, 10, await connect(), now);
    const theirs = new MinuteBudget(key, 10, await connect(), now);
    await expectTaken(ours, 6);
    const refused = await theirs.take(6);
    expect(refused).toMatchObject({ waitMs: expect.any(Number) as number });
    await expectTaken(theirs, 4);
  });

  it('is another budget for every installation that shares the server', async () => {
    const key = randomUUID();
    const [ours, theirs] = await Promise.all(
      ['ours', 'theirs'].map(async (prefix) => new MinuteBudget(key, 10, await connect(prefix), now)),
    );
    await expectTaken(ours!, 10);
    await expectTaken(theirs!, 10);
  });

  it('gives back what a call did not use', async () => {
    const budget = new MinuteBudget(randomUUID(), 10, await connect(), now);
    const taken = await expectTaken(budget, 10);
    await budget.settle(taken, 2);
    await expectTaken(budget, 8);
  });

  it('goes on counting in memory while Redis is away', async () => {
    const shared = await connect();
    shared.redis.disconnect();
    const budget = new MinuteBudget(randomUUID(), 10, shared, now);
    await expectTaken(budget, 10);
    expect(await budget.take(1)).toHaveProperty('waitMs');
  });
});

async function expectTaken(budget: MinuteBudget, points: number) {
  const taken = await budget.take(points);
  if ('waitMs' in taken) throw new Error(`${points} points were refused for ${taken.waitMs} ms`);
  expect(taken.points).toBe(points);
  return taken;
}
