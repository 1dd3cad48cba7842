import type { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { RedisRefusedError } from './redis-refused.error';

const WITHIN_MS = 2_000;
/** What Redis says to those it knows not, lets not, or has no such database for; all else passes, such as `LOADING`. */
const REFUSAL = /^(WRONGPASS|NOAUTH|NOPERM|ERR)\b/;

/**
 * Sees before the queue does whether Redis lets us in: Bull would end the process over it and print the password, and go on
 * in database 0 where the one we name is not there. That Redis is away is no trouble; it is waited for.
 * @throws {RedisRefusedError} when it does not
 */
export async function firstVisit(options: RedisOptions, log: Pick<Logger, 'warn'>): Promise<void> {
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    connectTimeout: WITHIN_MS,
    commandTimeout: WITHIN_MS,
  });
  let cause: Error | undefined;
  redis.on('error', (error: Error) => (cause ??= error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    cause ??= error as Error;
  } finally {
    redis.disconnect();
  }
  if (cause === undefined) return;
  if (cause.name === 'ReplyError' && REFUSAL.test(cause.message)) {
    throw new RedisRefusedError(`Redis does not let us in as REDIS_URL says: ${cause.message}`);
  }
  log.warn(`Redis is out of reach, trying again: ${cause.message}`);
}
