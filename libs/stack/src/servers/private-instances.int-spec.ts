import { natsServer } from '@fiction/contracts';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Redis from 'ioredis';
import { connect } from 'nats';
import { type Binaries, findBinaries, machineLookup } from '../binaries/binaries';
import { freePort } from '../reach/free-port';
import { startNats } from './nats';
import { PidRecord } from '../data/pid-record';
import { CLIENTS_TO_WAIT, startPostgres } from './postgres';
import { deletePostgresData } from './postgres-data';
import { PrivateInstance } from './private-instance';
import { isRunning } from '../processes/process-identity';
import { startRedis } from './redis';
import { visitPostgres } from './visit-postgres';

const binaries = findBinaries(machineLookup(process.env.PATH ?? '')).found as Binaries;
const started: PrivateInstance[] = [];
let dir: string;

function track<T extends PrivateInstance>(instance: T): T {
  started.push(instance);
  return instance;
}

async function query<T>(connectionString: string, sql: string): Promise<T[]> {
  return visitPostgres({ connectionString }, async (client) => (await client.query(sql)).rows as T[]);
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiction-stack-'));
  await chmod(dir, 0o711);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((instance) => instance.kill()));
  await rm(dir, { recursive: true, force: true });
});

describe('a private PostgreSQL', () => {
  const options = () => ({ dir: join(dir, 'postgres'), binaries, durable: false, database: 'fiction' });

  it('listens on its socket alone, in UTF-8, as an unprivileged user, and survives kill -9 with its data and address', async () => {
    const postgres = track(await startPostgres(options()));
    await query(postgres.url, 'create table kept (n int); insert into kept values (7)');
    const settings = await query<{ name: string; setting: string }>(
      postgres.url,
      `select name, setting from pg_settings where name in ('listen_addresses', 'server_encoding', 'max_connections')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      listen_addresses: '',
      server_encoding: 'UTF8',
      max_connections: '200',
    });
    if (process.platform === 'linux') expect(statSync(`/proc/${postgres.pid}`).uid).not.toBe(0);

    await postgres.kill();
    expect(postgres.pid).toBeUndefined();
    expect(existsSync(postgres.socket!)).toBe(false);
    await postgres.start();
    expect(await query(postgres.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('starts over a half-made folder and a lock that a crash left behind', async () => {
    await mkdir(join(dir, 'postgres.init-1', 'base'), { recursive: true });
    const first = track(await startPostgres(options()));
    await first.stop();
    // A pid that is alive and somebody else's: PostgreSQL by itself may take it for a running server.
    await writeFile(join(first.dir, 'postmaster.pid'), `${process.pid}\n${first.dir}\n1\n5432\n\n127.0.0.1\n`);

    const second = track(await startPostgres(options()));

    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(dir)).filter((name) => name.includes('.init-'))).toEqual([]);
  });

  it('takes the data over from a server that outlived the launcher that had started it', async () => {
    const orphan = track(await startPostgres(options()));
    const orphanPid = orphan.pid!;

    const next = track(await startPostgres(options()));

    expect(isRunning(orphanPid)).toBe(false);
    expect(next.pid).toBeDefined();
  });

  it('puts its data where its user can reach it when the folder cannot be entered, and deletes it from there', async () => {
    if (process.getuid?.() !== 0) return;
    await chmod(dir, 0o700);
    const said: string[] = [];

    const postgres = track(await startPostgres({ ...options(), log: (line) => said.push(line) }));
    expect(postgres.dir.startsWith(dir)).toBe(false);
    expect(said.join()).toContain(postgres.dir);
    await postgres.stop();
    const again = track(await startPostgres(options()));
    expect(again.dir).toBe(postgres.dir);

    await again.stop();
    await deletePostgresData(join(dir, 'postgres'));
    expect(existsSync(again.dir)).toBe(false);
  });

  it('names both versions when the data was made by another one', async () => {
    await mkdir(join(dir, 'postgres'));
    await writeFile(join(dir, 'postgres', 'PG_VERSION'), '9\n');
    await expect(startPostgres(options())).rejects.toMatchObject({ code: 'POSTGRES_VERSION_DIFFERS' });
  });

  it('is reached whatever the surroundings say of other servers', async () => {
    const surroundings = jest.replaceProperty(process, 'env', {
      ...process.env,
      ...{ PGHOST: 'nowhere', PGPORT: '1', PGUSER: 'nobody', PGPASSWORD: 'wrong', PGDATABASE: 'none' },
      ...{ PGSSLMODE: 'require', PGSSLNEGOTIATION: 'direct' },
    });
    try {
      const postgres = track(await startPostgres(options()));
      expect(await query(postgres.url, 'select current_user::text as name')).toEqual([{ name: 'fiction' }]);
    } finally {
      surroundings.restore();
    }
  });

  it('shows the end of its log when it cannot start', async () => {
    const port = await freePort();
    track(await startPostgres({ ...options(), port }));
    const taken = startPostgres({ ...options(), dir: join(dir, 'other'), port });
    await expect(taken).rejects.toMatchObject({
      code: 'INSTANCE_FAILED',
      message: expect.stringContaining('Address already in use'),
    });
  });
});

describe('a private Redis', () => {
  it('keeps nothing over a restart, and the same address', async () => {
    const redis = track(await startRedis({ dir: join(dir, 'redis'), binary: binaries.redisServer }));
    const client = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    await client.connect();
    await client.set('a', '1');
    client.disconnect();

    const { url } = redis;
    await redis.restart();

    expect(redis.url).toBe(url);
    const after = new Redis(url);
    expect(await after.get('a')).toBeNull();
    after.disconnect();
    expect(await readdir(join(dir, 'redis'))).toEqual([]);
  });

  it('says so when it ends by itself, but not when it is told to', async () => {
    const redis = track(await startRedis({ dir: join(dir, 'redis'), binary: binaries.redisServer }));
    const unexpected = new Promise<string>((resolve) => (redis.onUnexpectedExit = resolve));
    process.kill(redis.pid!, 'SIGKILL');
    expect(await unexpected).toBe('was ended by SIGKILL');

    const said = jest.fn();
    redis.onUnexpectedExit = said;
    await redis.start();
    await redis.kill();
    expect(said).not.toHaveBeenCalled();
  });
});

describe('a private NATS', () => {
  async function streamNames(url: string): Promise<string[]> {
    const connection = await connect({ ...natsServer(url), reconnect: false });
    const manager = await connection.jetstreamManager();
    const names = (await manager.streams.list().next()).map(({ config }) => config.name);
    await connection.close();
    return names;
  }

  async function addStream(url: string): Promise<void> {
    const connection = await connect({ ...natsServer(url), reconnect: false });
    await (await connection.jetstreamManager()).streams.add({ name: 'KEPT', subjects: ['kept.>'] });
    await connection.close();
  }

  it('lets nobody in without its password, which only we can read', async () => {
    const nats = track(await startNats({ dir: join(dir, 'nats'), binary: binaries.natsServer }));
    const { servers, pass } = natsServer(nats.url);
    for (const given of [{}, { user: 'fiction', pass: 'wrong' }])
      await expect(connect({ servers, ...given, reconnect: false })).rejects.toMatchObject({
        code: 'AUTHORIZATION_VIOLATION',
      });
    expect(statSync(join(dir, 'nats.conf')).mode & 0o777).toBe(0o600);
    if (process.platform !== 'linux') return;
    expect(await readFile(`/proc/${nats.pid}/cmdline`, 'utf8')).not.toContain(pass);
  });

  it('keeps its streams over kill -9, and loses them all when wiped', async () => {
    const nats = track(await startNats({ dir: join(dir, 'nats'), binary: binaries.natsServer }));
    await addStream(nats.url);

    await nats.kill();
    await nats.start();
    expect(await streamNames(nats.url)).toEqual(['KEPT']);

    await nats.wipe();
    expect(await streamNames(nats.url)).toEqual([]);
  });
});

it('says why a server could not be reached that does not answer in time', async () => {
  const silent = new PrivateInstance({
    ...{ name: 'silent', url: '', address: { port: 1 }, dir, stopSignal: 'SIGTERM', logFile: join(dir, 'silent.log') },
    command: ['/bin/sh', '-c', 'sleep 60'],
    readyWithinMs: 200,
    probe: () => Promise.reject(new Error('it asks for a password')),
  });
  await expect(track(silent).start()).rejects.toMatchObject({
    code: 'INSTANCE_FAILED',
    message: expect.stringMatching(/did not answer within 0 s: it asks for a password/),
  });
});

it('tells why it has not started, however many clients were told to wait after that', async () => {
  const early = '2026-12-01 UTC [7] FATAL:  the database system is in recovery mode';
  const crowded = new PrivateInstance({
    ...{
      name: 'crowded',
      url: '',
      address: { port: 1 },
      dir,
      stopSignal: 'SIGTERM',
      logFile: join(dir, 'crowded.log'),
    },
    command: ['/bin/sh', '-c', `echo "FATAL: No space left"; for n in $(seq 50); do echo "${early}"; done; exit 1`],
    beside: CLIENTS_TO_WAIT,
    probe: () => Promise.resolve(false),
  });
  await expect(track(crowded).start()).rejects.toMatchObject({
    message: 'crowded did not start: it ended with status 1\nFATAL: No space left',
  });
});

describe('the record of pids', () => {
  it('stops what an earlier launcher left, and nothing whose pid only looks the same', async () => {
    const file = join(dir, 'pids.json');
    const left = track(
      await startRedis({ dir: join(dir, 'redis'), binary: binaries.redisServer, pids: new PidRecord(file) }),
    );
    const pid = left.pid!;
    const entries = JSON.parse(await readFile(file, 'utf8')) as object[];
    const ourselves = { name: 'reused', pid: process.pid, identity: 'another-boot:1', stopSignal: 'SIGKILL' };
    await writeFile(file, JSON.stringify([...entries, ourselves]));

    expect(await new PidRecord(file).stopLeftovers()).toEqual(['redis']);

    expect(isRunning(pid)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('is empty when everything has stopped', async () => {
    const file = join(dir, 'pids.json');
    const nats = track(
      await startNats({ dir: join(dir, 'nats'), binary: binaries.natsServer, pids: new PidRecord(file) }),
    );
    expect(existsSync(file)).toBe(true);
    await nats.stop();
    expect(existsSync(file)).toBe(false);
  });
});
