import { setTimeout as sleep } from 'node:timers/promises';
import { checkDatabase, checkNats, checkRedis } from './reach/check-reachable';
import type { DataFolder } from './data/data-folder';
import { ensureBinaries } from './binaries/ensure-binaries';
import { startNats } from './servers/nats';
import { startPostgres } from './servers/postgres';
import type { PrivateInstance } from './servers/private-instance';
import { startRedis } from './servers/redis';

const RESTART_DELAYS_MS = [0, 200, 1_000, 5_000];

/** The three servers the system stands on. */
export type StackServer = 'postgres' | 'redis' | 'nats';

/** One server that is up. */
export interface ServerReady {
  server: StackServer;
  /** Whether it is ours, or one a variable names. */
  origin: 'private' | 'given';
  port: number | undefined;
  /** Path of its Unix socket, when it has no port. */
  socket: string | undefined;
  tookMs: number;
  /** Whether it had ended by itself and was started again. */
  again: boolean;
}

/** How to provide the servers. */
export interface StackOptions {
  folder: DataFolder;
  env: Readonly<Record<string, string | undefined>>;
  log: (line: string) => void;
  onReady?: (ready: ServerReady) => void;
}

/** The servers' addresses, and the private ones among them. */
export interface Stack {
  databaseUrl: string;
  redisUrl: string;
  natsUrl: string;
  instances: readonly PrivateInstance[];
  /** Stops the private servers; those named by a variable are left as they are. */
  stop(): Promise<void>;
}

/**
 * Provides PostgreSQL, Redis and NATS: what `DATABASE_URL`, `REDIS_URL` and `NATS_URL` name is used as it is, the
 * rest runs privately with its data in the folder, and is started again if it ends by itself.
 * @throws {ServiceUnreachableError} when a named server does not answer
 * @throws {MissingBinariesError} when a private one has no program to run
 */
export async function startStack({ folder, env, log, onReady }: StackOptions): Promise<Stack> {
  const given = { postgres: env.DATABASE_URL, redis: env.REDIS_URL, nats: env.NATS_URL };
  const check = { postgres: checkDatabase, redis: checkRedis, nats: checkNats };
  const binaries = await ensureBinaries({ env, log, logFile: folder.logFile('install'), needed: programsFor(given) });
  const common = (name: StackServer) => ({
    dir: folder.file(name),
    logFile: folder.logFile(name),
    pids: folder.pids,
    log,
  });
  const start = {
    postgres: () => startPostgres({ ...common('postgres'), binaries, database: 'fiction' }),
    redis: () => startRedis({ ...common('redis'), binary: binaries.redisServer }),
    nats: () => startNats({ ...common('nats'), binary: binaries.natsServer }),
  };

  const instances: PrivateInstance[] = [];
  const servers = new Map<PrivateInstance, StackServer>();
  const provide = async (server: StackServer): Promise<string> => {
    const startedAt = Date.now();
    const url = given[server];
    if (url) await check[server](url);
    const instance = url ? undefined : await start[server]();
    if (instance) {
      instances.push(instance);
      servers.set(instance, server);
    }
    onReady?.({
      server,
      origin: url ? 'given' : 'private',
      port: instance ? instance.port : portOf(url),
      socket: instance?.socket,
      tookMs: Date.now() - startedAt,
      again: false,
    });
    return url ?? instance!.url;
  };

  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    await Promise.all(instances.map((instance) => instance.stop()));
  };
  const outcomes = await Promise.allSettled((['postgres', 'redis', 'nats'] as const).map(provide));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  for (const [instance, server] of servers) {
    const { port, socket } = instance;
    const onAgain = (tookMs: number): void =>
      onReady?.({ server, origin: 'private', port, socket, tookMs, again: true });
    keepRunning(instance, { log, onAgain, isStopping: () => stopping });
  }
  const [databaseUrl, redisUrl, natsUrl] = outcomes.map((outcome) => (outcome as { value: string }).value);
  return { databaseUrl: databaseUrl!, redisUrl: redisUrl!, natsUrl: natsUrl!, instances, stop };
}

function programsFor(given: Record<StackServer, string | undefined>) {
  return [
    ...(given.postgres ? [] : (['postgres', 'initdb'] as const)),
    ...(given.redis ? [] : (['redisServer'] as const)),
    ...(given.nats ? [] : (['natsServer'] as const)),
  ];
}

/** Everything the servers carry can be lost, so one that ends is simply started again. */
function keepRunning(
  instance: PrivateInstance,
  {
    log,
    onAgain,
    isStopping,
  }: { log: (line: string) => void; onAgain: (tookMs: number) => void; isStopping: () => boolean },
): void {
  const revive = async (): Promise<void> => {
    for (let attempt = 0; !isStopping(); attempt++) {
      await sleep(RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)]);
      if (isStopping()) return;
      try {
        const startedAt = Date.now();
        await instance.start();
        return onAgain(Date.now() - startedAt);
      } catch (error) {
        log((error as Error).message);
      }
    }
  };
  instance.onUnexpectedExit = (how) => {
    log(`${instance.name} ${how}; starting it again`);
    void revive();
  };
}

function portOf(url: string | undefined): number | undefined {
  try {
    return Number(new URL(url ?? '').port) || undefined;
  } catch {
    return undefined;
  }
}
