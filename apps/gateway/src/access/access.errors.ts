import { DomainError } from '@fiction/contracts';
import type { Role } from './roles';

/** No token came with the request. */
export class TokenMissingError extends DomainError {
  constructor() {
    super('TOKEN_MISSING', 401, 'An access token is required: send it as "Authorization: Bearer <token>".');
  }
}

/** The token is unknown, expired or revoked; which of them is nobody else's business. */
export class TokenInvalidError extends DomainError {
  constructor() {
    super('TOKEN_INVALID', 401, 'The access token is unknown, expired or revoked.');
  }
}

/** The token is good, but not for this. */
export class RoleInsufficientError extends DomainError {
  constructor(needed: Role, held: Role) {
    super(
      'ROLE_INSUFFICIENT',
      403,
      `This needs the role "${needed}" or a higher one; the token has the role "${held}".`,
    );
  }
}
