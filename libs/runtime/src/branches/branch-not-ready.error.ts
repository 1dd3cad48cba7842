import { NotHeardOfYetError } from '@fiction/messaging';

/** What the branch shares has not been told here yet: whoever asks may ask again in a moment. */
export class BranchNotReadyError extends NotHeardOfYetError {
  readonly spendsAttempt = false;
  constructor(branch: string) {
    super('BRANCH_NOT_READY', 503, `A service has not heard of branch "${branch}" yet: ask again.`);
  }
}
