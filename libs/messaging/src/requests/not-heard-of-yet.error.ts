import { DomainError } from '@fiction/contracts';

/** What is asked about is on its way here: word of it may come in a moment, so whoever answers tries again first. */
export class NotHeardOfYetError extends DomainError {}
