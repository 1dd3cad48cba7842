import { SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimitedError } from '../http/http.errors';
import { PerMinute, type Allowance } from './per-minute';

/** How much one token may ask of this replica in a minute, over REST and sockets together. */
@Injectable()
export class RequestLimit {
  private readonly limit: PerMinute;

  constructor(@Inject(SERVICE_CONFIG) config: ServiceConfig) {
    this.limit = new PerMinute(config.requestsPerMinute);
  }

  /** Counts a request; `undefined`: there is no limit. */
  async take(tokenId: string): Promise<Allowance | undefined> {
    return this.limit.take(tokenId);
  }

  /** The same, for who has no headers to tell the allowance in. @throws RateLimitedError */
  async spend(tokenId: string): Promise<void> {
    const allowance = await this.take(tokenId);
    if (allowance !== undefined && allowance.refused !== false) throw tooMany(allowance);
  }
}

export function tooMany({ limit, resetSeconds }: Allowance): RateLimitedError {
  return new RateLimitedError(`Too many requests: a token may make ${limit} per minute.`, resetSeconds);
}
