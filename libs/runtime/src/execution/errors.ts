import type { Details } from '@fiction/contracts';

/** A newer attempt of the run exists: whatever this one does no longer counts. Ends the worker's part quietly. */
export class StaleAttemptError extends Error {
  readonly code = 'STALE_ATTEMPT';
  constructor(runId: string, attempt: number) {
    super(`Attempt ${attempt} of ${runId} is no longer the current one`);
  }
}

/** This process is ending: no new step is begun, and another worker carries on. */
export class DrainingError extends Error {
  readonly code = 'DRAINING';
}

/** The run has spent what it may, or its plan has: no further call is begun until there is more. */
export class BudgetSpentError extends Error {
  readonly code = 'BUDGET_EXCEEDED';
  constructor() {
    super('stopped before the next model call: the budget of the plan is spent');
  }
}

/** The run cannot go on until something else happens; `details` say what it waits for. */
export class RunBlockedError extends Error {
  readonly code = 'BLOCKED';
  constructor(
    message: string,
    readonly details: Details,
  ) {
    super(message);
  }
}

/** The run failed for a reason that trying again does not mend. */
export class PermanentRunError extends Error {
  readonly retryable = false;
  constructor(
    readonly code: string,
    message: string,
    readonly details: Details = {},
  ) {
    super(message);
  }
}
