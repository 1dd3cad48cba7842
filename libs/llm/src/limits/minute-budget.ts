import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 60;

/** Where the processes of one installation count together; another that shares the server has another prefix. */
export interface SharedRedis {
  redis: Redis;
  prefix: string;
  /** Hears when limits are no longer shared, and when they are again. */
  log: { warn(message: string): void; log(message: string): void };
}

/** Points taken from a window; `settle` corrects the amount once the real one is known. */
export interface Taken {
  points: number;
  /** End of the window the points were taken from, in milliseconds since the epoch. */
  windowEndsAtMs: number;
}

/** So many points a minute, shared through Redis by every process; in memory while Redis is away. */
export class MinuteBudget {
  private readonly limiter: RateLimiterAbstract;

  constructor(
    private readonly key: string,
    private readonly points: number,
    shared: SharedRedis | undefined,
    private readonly now: () => number,
  ) {
    const options = { points, duration: WINDOW_SECONDS };
    const memory = new RateLimiterMemory(options);
    this.limiter =
      shared === undefined
        ? memory
        : new RateLimiterRedis({
            ...options,
            keyPrefix: `${shared.prefix}:llm`,
            storeClient: shared.redis,
            insuranceLimiter: memory,
            rejectIfRedisNotReady: true,
          });
  }

  /** Takes points, or says how long to wait for the next window. Never more than a whole window's worth. */
  async take(wanted: number): Promise<Taken | { waitMs: number }> {
    const points = Math.min(wanted, this.points);
    try {
      const result = await this.limiter.consume(this.key, points);
      return { points, windowEndsAtMs: this.now() + result.msBeforeNext };
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      // A refused take has been counted all the same; left in, one large call would shut out the small ones.
      await this.limiter.reward(this.key, points);
      return { waitMs: Math.max(error.msBeforeNext, 1) };
    }
  }

  /** Gives back what was not used or charges what was used on top, as long as the window is the same. */
  async settle(taken: Taken, actual: number): Promise<void> {
    const difference = Math.round(actual) - taken.points;
    if (difference === 0 || this.now() >= taken.windowEndsAtMs) return;
    if (difference > 0) await this.limiter.penalty(this.key, difference);
    else await this.limiter.reward(this.key, -difference);
  }
}
