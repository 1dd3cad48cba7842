import { DomainError } from '@fiction/contracts';

/** Without this token nobody could make tokens any more. */
export class LastAdminTokenError extends DomainError {
  constructor() {
    super('LAST_ADMIN_TOKEN', 409, 'This is the last active token of an administrator: make another one first.');
  }
}

/** The key belongs to an earlier request that asked for something else. */
export class IdempotencyKeyReusedError extends DomainError {
  constructor() {
    super('IDEMPOTENCY_KEY_REUSED', 409, 'This Idempotency-Key was used for another request: choose a new one.');
  }
}
