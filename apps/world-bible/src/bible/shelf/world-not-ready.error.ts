import { DomainError } from '@fiction/contracts';

/** The plan's roster is not filed or its world phase not complete: whatever was answered now would be a guess. */
export class WorldNotReadyError extends DomainError {
  constructor(planId: string, branch: string, what: string) {
    super('WORLD_NOT_READY', 503, `${what} of plan "${planId}" on branch "${branch}" does not exist yet.`);
  }
}
