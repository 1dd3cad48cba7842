/** Redis is there and will not have us as `REDIS_URL` says; the message says what is wrong with it. */
export class RedisRefusedError extends Error {
  readonly code = 'REDIS_REFUSED';
}
