import { DomainError } from '@fiction/contracts';

/** Without this token nobody could make tokens any more. */
export class LastAdminTokenError extends DomainError {
  constructor() {
    super('LAST_ADMIN_TOKEN', 409, 'This is the last active token with the role admin: make another one first.');
  }
}
