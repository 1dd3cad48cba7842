import type { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { RedisRefusedError } from './redis-refused.error';

const WITHIN_MS = 2_000;
/** What Redis says to those it knows not, lets not, or has no such database for; all else passes, such as `LOADING`. */
const REFUSAL = /^(WRONGPASS|NOAUTH|NOPERM|ERR)\b/;

/** What the queue does there: its scripts write keys, and tell of that on channels, which a user need not be let on. */
const AS_THE_QUEUE = `redis.call('SET', KEYS[1], '1', 'PX', 1) return redis.call('PUBLISH', KEYS[1], '1')`;

/**
 * Sees before the queue does whether Redis lets us in, and do what the queue does: Bull would end the process over the one and
 * print the password, or go on in database 0 where the one we name is not there; over the other it would stand still without
 * a word. That Redis is away is no trouble; it is waited for.
 * @param prefix that of the queue's keys
 * @throws {RedisRefusedError} when it does not
 */
export async function firstVisit(options: RedisOptions, prefix: string, log: Pick<Logger, 'warn'>): Promise<void> {
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
    await redis.eval(AS_THE_QUEUE, 1, `${prefix}:visit`);
  } catch (error) {
    cause ??= error as Error;
  } finally {
    redis.disconnect();
  }
  if (cause === undefined) return;
  if (cause.name === 'ReplyError' && REFUSAL.test(cause.message)) {
    throw new RedisRefusedError(`Redis refuses to work with this REDIS_URL: ${cause.message}`);
  }
  log.warn(`Redis is ${cause.name === 'ReplyError' ? 'not ready' : 'out of reach'}; trying again: ${cause.message}`);
}
