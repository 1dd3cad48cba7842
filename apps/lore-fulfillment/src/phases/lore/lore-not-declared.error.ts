/** Nudges of the first second come close together; a declaration that is still missing then is waited for calmly. */
const QUICK_ATTEMPTS = 50;
const QUICK_RETRY_MS = 100;

/** The command to fulfil a requirement was quicker than the one that declares it: nobody is at fault, so wait. */
export class LoreNotDeclaredError extends Error {
  readonly code = 'LORE_NOT_DECLARED';
  readonly retryable = true;
  readonly spendsAttempt = false;
  /** Absent: the runtime's own, longer and longer pauses. */
  readonly retryAfterMs: number | undefined;

  constructor(requirementId: string, attempt: number) {
    super(`The requirement "${requirementId}" is not declared yet`);
    this.retryAfterMs = attempt <= QUICK_ATTEMPTS ? QUICK_RETRY_MS : undefined;
  }
}
