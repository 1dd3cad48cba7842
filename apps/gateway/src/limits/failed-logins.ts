import { SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { hashOf } from '../tokens/token-secret';
import { RateLimitedError } from '../http/http.errors';
import { networkOf } from './network-of';
import { PerMinute } from './per-minute';

/** Tokens that were good lately and are looked at whatever else comes from their address. */
const FAMILIAR_TOKENS = 10_000;

/**
 * Against guessing: an address from which too many requests came without a good token is not listened to for the rest
 * of the minute. Who came from there with a good token before goes on: a proxy gives everybody the same address.
 */
@Injectable()
export class FailedLogins {
  private readonly limit: PerMinute;
  private readonly familiar = new LRUCache<string, true>({ max: FAMILIAR_TOKENS });

  constructor(@Inject(SERVICE_CONFIG) config: ServiceConfig) {
    this.limit = new PerMinute(config.failedLoginsPerMinute);
  }

  /** @throws RateLimitedError when too many failed from this address */
  async check(token: string | undefined, address: string | undefined): Promise<void> {
    if (token !== undefined && this.familiar.has(hashOf(token))) return;
    const left = await this.limit.look(networkOf(address));
    if (left === undefined || left.remaining > 0) return;
    throw new RateLimitedError(
      'Too many requests without a valid access token came from this address.',
      left.resetSeconds,
    );
  }

  succeeded(token: string): void {
    this.familiar.set(hashOf(token), true);
  }

  async failed(token: string | undefined, address: string | undefined): Promise<void> {
    if (token !== undefined) this.familiar.delete(hashOf(token));
    await this.limit.take(networkOf(address));
  }
}
