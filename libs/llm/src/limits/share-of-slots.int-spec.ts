import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { until } from '@fiction/testing';
import { ShareOfSlots } from './share-of-slots';
import { Slots } from './slots';

const clients: Redis[] = [];
const shares: ShareOfSlots[] = [];
const forever = new AbortController().signal;

/** What one process has: its slots, and the share that it may use of them. */
class Process {
  readonly slots = new Slots(0);
  readonly share: ShareOfSlots;
  readonly told: string[] = [];

  private constructor(
    readonly redis: Redis,
    provider: string,
    total: number,
  ) {
    const tell = (message: string): void => void this.told.push(message);
    const log = { warn: tell, log: tell };
    this.share = new ShareOfSlots(this.slots, provider, total, { redis, prefix: 'test', log });
    shares.push(this.share);
  }

  static async start(provider: string, total: number): Promise<Process> {
    const redis = new Redis(process.env.FICTION_TEST_REDIS_URL!, { maxRetriesPerRequest: null });
    clients.push(redis);
    await redis.ping();
    return new Process(redis, provider, total);
  }

  async enter(): Promise<void> {
    const entered = this.slots.acquire(forever);
    this.share.look();
    await entered;
  }

  leave(): void {
    this.slots.release();
    this.share.look();
  }

  /** Ends without a word, as one that is killed. */
  kill(): void {
    this.share.look = () => undefined;
    this.redis.disconnect();
  }
}

afterEach(() => {
  shares.splice(0).forEach((share) => share.close());
  const open = clients.splice(0).filter(({ status }) => status !== 'end');
  open.forEach((redis) => redis.disconnect());
});

const inUse = (...all: Process[]): number => all.reduce((sum, { slots }) => sum + slots.inUse, 0);

async function two(total: number): Promise<[Process, Process]> {
  const provider = randomUUID();
  return [await Process.start(provider, total), await Process.start(provider, total)];
}

describe('slots that processes share', () => {
  it('are never more than there are, and all of them', async () => {
    const [ours, theirs] = await two(3);
    const entering = [ours, theirs, ours, theirs, ours, theirs].map((one) => one.enter());
    await until('all are used', () => inUse(ours, theirs) === 3);
    let most = 0;
    for (let done = 0; done < 3; done += 1) {
      most = Math.max(most, inUse(ours, theirs));
      (ours.slots.inUse > 0 ? ours : theirs).leave();
      await until('all are used', () => inUse(ours, theirs) === 3);
    }
    await Promise.all(entering);
    expect(most).toBe(3);
  });

  it('pass from one that has no more use for them to one that waits, within a moment', async () => {
    const [ours, theirs] = await two(1);
    for (const one of [ours, theirs, ours]) {
      await one.enter();
      expect(inUse(ours, theirs)).toBe(1);
      one.leave();
    }
  });

  it('come to who waits although another could use them all the time', async () => {
    const [ours, theirs] = await two(1);
    let calls = 0;
    let stop = false;
    const busy = async (): Promise<void> => {
      while (!stop) {
        await ours.enter();
        calls += 1;
        await new Promise((resolve) => setImmediate(resolve));
        expect(inUse(ours, theirs)).toBe(1);
        ours.leave();
      }
    };
    const working = [busy(), busy()];
    await until('one is busy', () => calls > 10);
    await theirs.enter();
    const before = calls;
    expect(inUse(ours, theirs)).toBe(1);
    theirs.leave();
    await until('it goes on', () => calls > before + 10);
    stop = true;
    await Promise.all(working);
  });

  it('are free again within seconds when who had them was killed', async () => {
    const [ours, theirs] = await two(2);
    await theirs.enter();
    await theirs.enter();
    theirs.kill();
    await ours.enter();
    await ours.enter();
    expect(ours.slots.inUse).toBe(2);
  });

  it('are free at once when who had them has ended', async () => {
    const [ours, theirs] = await two(1);
    await theirs.enter();
    theirs.share.close();
    await ours.enter();
    expect(ours.slots.inUse).toBe(1);
  });

  it('are there for each, as many as there are, while Redis is away, and are shared again when it is back', async () => {
    const [ours, theirs] = await two(1);
    await theirs.enter();
    ours.redis.disconnect();
    await ours.enter();
    const waiting = ours.enter();
    expect(inUse(ours, theirs)).toBe(2);
    await ours.redis.connect();
    await until('the share is cut', () => ours.slots.size === 0);
    expect(ours.told).toEqual([
      expect.stringMatching(/cannot share .* Redis cannot be reached/),
      expect.stringMatching(/again$/),
    ]);
    expect(theirs.told).toEqual([]);
    ours.leave();
    theirs.leave();
    await waiting;
    expect(inUse(ours, theirs)).toBe(1);
  });

  it('are counted again when Redis has forgotten them', async () => {
    const [ours, theirs] = await two(2);
    await ours.enter();
    await theirs.enter();
    await ours.redis.flushdb();
    await until('somebody has said what it uses', async () => (await keys(ours.redis)) > 0);
    const waiting = [ours.enter(), theirs.enter()];
    await until('both are counted', () => ours.slots.size + theirs.slots.size <= 2);
    ours.leave();
    theirs.leave();
    await Promise.all(waiting);
    expect(inUse(ours, theirs)).toBe(2);
  });
});

const keys = async (redis: Redis): Promise<number> => (await redis.keys('test:llm:slots:*')).length;
