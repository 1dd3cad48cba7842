import { mkdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBinaries, type PrivateInstance, startNats, startPostgres, startRedis } from '@fiction/stack';

interface TestServers {
  users: number;
  dir: string;
  instances: Promise<PrivateInstance[]>;
}

/** Jest sets up each project on its own, in one process: they share one set of servers through this. */
const shared = globalThis as typeof globalThis & { fictionTestServers?: TestServers };

/** Starts the servers for the first project that asks, and publishes their addresses in the environment. */
export async function acquireTestServers(): Promise<void> {
  shared.fictionTestServers ??= await begin();
  shared.fictionTestServers.users++;
  const [postgres, redis, nats] = await shared.fictionTestServers.instances;
  process.env.FICTION_TEST_DATABASE_URL = postgres!.url;
  process.env.FICTION_TEST_REDIS_URL = redis!.url;
  process.env.FICTION_TEST_NATS_URL = nats!.url;
}

/** Stops the servers with the last project. */
export async function releaseTestServers(): Promise<void> {
  const servers = shared.fictionTestServers;
  if (!servers || --servers.users > 0) return;
  shared.fictionTestServers = undefined;
  // The data is thrown away, so there is nothing to shut down in good order.
  await Promise.all((await servers.instances).map((instance) => instance.kill()));
  await rm(servers.dir, { recursive: true, force: true, maxRetries: 5 });
}

async function begin(): Promise<TestServers> {
  const dir = await mkdtemp(join(tmpdir(), 'fiction-test-'));
  await chmod(dir, 0o711);
  return { users: 0, dir, instances: startAll(dir) };
}

async function startAll(dir: string): Promise<PrivateInstance[]> {
  mkdirSync(join(dir, 'logs'));
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const binaries = await ensureBinaries({ env: process.env, logFile: join(dir, 'logs', 'install.log'), log });
  const at = (name: string) => ({ dir: join(dir, name), logFile: join(dir, 'logs', `${name}.log`), log });
  return Promise.all([
    startPostgres({ ...at('postgres'), binaries, durable: false, database: 'fiction' }),
    startRedis({ ...at('redis'), binary: binaries.redisServer }),
    startNats({ ...at('nats'), binary: binaries.natsServer }),
  ]);
}
