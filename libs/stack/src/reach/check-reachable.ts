import { carriesTooLittle, natsServer } from '@fiction/contracts';
import Redis from 'ioredis';
import { connect } from 'nats';
import { ServiceUnreachableError } from './service-unreachable.error';
import { visitPostgres } from '../servers/visit-postgres';

const WITHIN_MS = 5_000;

/** @throws {ServiceUnreachableError} unless a PostgreSQL database answers at the URL */
export async function checkDatabase(url: string): Promise<void> {
  const config = { connectionString: url, connectionTimeoutMillis: WITHIN_MS };
  await check('DATABASE_URL', url, () =>
    visitPostgres(config, async (client) => void (await client.query('select 1'))),
  );
}

/** @throws {ServiceUnreachableError} unless a Redis answers at the URL */
export async function checkRedis(url: string): Promise<void> {
  await check('REDIS_URL', url, async () => {
    let cause: Error | undefined;
    const once = { lazyConnect: true, retryStrategy: () => null, connectTimeout: WITHIN_MS };
    const redis = new Redis(url, { ...once, ...socketOf(url) });
    redis.on('error', (error: Error) => {
      cause ??= error;
    });
    try {
      await redis.connect();
      await redis.ping();
    } catch (error) {
      throw cause ?? error;
    } finally {
      redis.disconnect();
    }
  });
}

/** @throws {ServiceUnreachableError} unless a NATS server with JetStream answers at the URL */
export async function checkNats(url: string): Promise<void> {
  await check('NATS_URL', url, async () => {
    const connection = await connect({ ...natsServer(url), timeout: WITHIN_MS, reconnect: false });
    try {
      if (!connection.info?.jetstream) throw new Error('its JetStream is switched off (start it with -js)');
      const problem = carriesTooLittle(connection.info.max_payload);
      if (problem !== undefined) throw new Error(problem);
    } finally {
      await connection.close();
    }
  });
}

/** ioredis reads `unix:///path`, but leaves its escapes as they are. */
function socketOf(url: string): { path?: string } {
  return url.startsWith('unix:') ? { path: decodeURIComponent(new URL(url).pathname) } : {};
}

async function check(variable: string, url: string, visit: () => Promise<void>): Promise<void> {
  try {
    await visit();
  } catch (error) {
    throw new ServiceUnreachableError(variable, url, reason(error));
  }
}

/** Node wraps the refusals of all addresses of a name in one error whose own message is empty. */
function reason(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message || first.name : String(first);
}
