import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export const WINDOW_SECONDS = 60;

/** How much of a limit is left, and when it begins anew. */
export interface Allowance {
  limit: number;
  /** 0: what was taken last was the last, or was already too much. */
  remaining: number;
  /** Whether what was taken last was too much, and whether it was the first to be. */
  refused: false | 'first' | 'again';
  resetSeconds: number;
}

/**
 * So many a minute by key, counted in this process: Redis being away stops nobody, and no request waits for it. Of no
 * limit (0) nothing is counted.
 */
export class PerMinute {
  private readonly limiter: RateLimiterMemory | undefined;

  constructor(private readonly limit: number) {
    if (limit > 0) this.limiter = new RateLimiterMemory({ points: limit, duration: WINDOW_SECONDS });
  }

  async take(key: string): Promise<Allowance | undefined> {
    if (this.limiter === undefined) return undefined;
    try {
      return this.allowance(await this.limiter.consume(key));
    } catch (error) {
      // What is too much comes as a rejection that is no error.
      if (error instanceof RateLimiterRes) return this.allowance(error);
      throw error;
    }
  }

  /** Takes nothing. */
  async look(key: string): Promise<Allowance | undefined> {
    const state = await this.limiter?.get(key);
    return state ? this.allowance(state) : undefined;
  }

  private allowance({ consumedPoints, msBeforeNext }: RateLimiterRes): Allowance {
    const excess = consumedPoints - this.limit;
    return {
      limit: this.limit,
      remaining: Math.max(0, -excess),
      refused: excess > 0 && (excess === 1 ? 'first' : 'again'),
      resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
    };
  }
}
