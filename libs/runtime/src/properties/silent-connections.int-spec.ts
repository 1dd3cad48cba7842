import { SilentProxy, until } from '@fiction/testing';
import { Liveness } from '../liveness/liveness';
import { SilentRedis } from '../queue/silent-redis';
import { WorkerFixture } from '../testing/worker.fixture';

jest.setTimeout(60_000);

const GOES_ON_WITHIN_MS = 30_000;
/** Two seconds until it is asked, and five until that counts as unanswered. */
const NOTICED_WITHIN_MS = 20_000;

let fixture: WorkerFixture;
let proxy: SilentProxy | undefined;
beforeEach(async () => (fixture = await WorkerFixture.start({ workers: 0 })));
afterEach(async () => {
  // First: nobody need wait for what will not be answered.
  await proxy?.stop();
  await fixture.stop();
});

it('a worker whose connections to Redis have died without a word goes on over others', async () => {
  proxy = await SilentProxy.before(process.env.FICTION_TEST_REDIS_URL!);
  const worker = await fixture.addWorker({ REDIS_URL: proxy.url });
  await fixture.begin({ runId: 'fiction:scene:before' });
  await fixture.allEnded();
  proxy.fallSilent();
  await fixture.begin({ runId: 'fiction:scene:after' });
  // What counts is that nothing is heard from one look to the next, however long that is. A connection that works is silent
  // for some seconds as well, so nobody looks on once there are others: one for what is asked, one that waits for jobs.
  await until('others are there', () => {
    worker.get(SilentRedis).look();
    return proxy!.open >= 2;
  });
  await fixture.ended('fiction:scene:after', GOES_ON_WITHIN_MS);
  expect(await fixture.run('fiction:scene:after')).toMatchObject({ status: 'complete', attempt: 1 });
});

it('a worker whose liveness has died without a word takes its lock anew, and meanwhile nobody takes its runs', async () => {
  proxy = await SilentProxy.before(fixture.databaseUrl);
  const worker = await fixture.addWorker({ DATABASE_URL: proxy.url });
  await fixture.addWorker();
  const holders = async (): Promise<number[]> => {
    const held = await fixture.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [worker.id],
    );
    return held.map(({ pid }) => pid);
  };
  let open!: () => void;
  const latch = new Promise<void>((resolve) => (open = resolve));
  fixture.script = async () => {
    await latch;
    return { message: 'done' };
  };
  await fixture.begin({ runId: 'fiction:scene:held' });
  const [first] = await holders();
  expect(first).toBeDefined();
  proxy.fallSilent();
  await until(
    'another connection has the lock',
    async () => {
      const now = await holders();
      expect(now).not.toEqual([]);
      return now.some((pid) => pid !== first);
    },
    NOTICED_WITHIN_MS,
  );
  await until('it is believed', async () => worker.get(Liveness).trustworthy, NOTICED_WITHIN_MS);
  expect(await fixture.run('fiction:scene:held')).toMatchObject({ attempt: 1 });
  open();
});
