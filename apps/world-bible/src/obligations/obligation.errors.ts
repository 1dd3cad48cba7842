import { DomainError, type ObligationStatus } from '@fiction/contracts';

/** The same words are owed already, or were. */
export class ObligationExistsError extends DomainError {
  constructor(id: string, status: ObligationStatus) {
    super('OBLIGATION_EXISTS', 409, `The obligation "${id}" already has these words; it is ${status}.`);
  }
}

/** What is asked for does not fit how the obligation stands. */
export class ObligationStatusError extends DomainError {
  constructor(id: string, status: ObligationStatus) {
    super('OBLIGATION_STATUS', 409, `The obligation "${id}" is ${status}.`);
  }
}
