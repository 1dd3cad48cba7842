import { Injectable } from '@nestjs/common';
import { FailedLogins } from '../limits/failed-logins';
import { TokenInvalidError, TokenMissingError } from './access.errors';
import { AccessTokens } from '../tokens/access-tokens';
import type { CallerIdentity } from './caller';

/** The door: requests and sockets come in by a token, and not too many without one. */
@Injectable()
export class Admission {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly failures: FailedLogins,
  ) {}

  /**
   * Whose token this is.
   * @throws TokenMissingError, TokenInvalidError, and RateLimitedError when they came too often from this address
   */
  async admit(token: string | undefined, address: string | undefined): Promise<CallerIdentity> {
    await this.failures.check(token, address);
    try {
      if (token === undefined) throw new TokenMissingError();
      const caller = await this.tokens.authenticate(token);
      this.failures.succeeded(token);
      return caller;
    } catch (error) {
      if (error instanceof TokenMissingError || error instanceof TokenInvalidError) {
        await this.failures.failed(token, address);
      }
      throw error;
    }
  }
}
