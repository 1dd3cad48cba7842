import type { AnswerProblem } from './judge-answer';

/**
 * A model kept giving unusable answers until the repairs were spent. A fresh attempt may fare better, but not with a model
 * that refuses: it has been asked the same as often as that helps.
 */
export class AnswerInvalidError extends Error {
  readonly code: 'ANSWER_INVALID' | 'ANSWER_REFUSED';
  readonly retryable: boolean;
  readonly spendsAttempt = true;
  readonly logLevel = 'warn';

  constructor(
    readonly task: string,
    readonly validation: AnswerProblem,
    readonly problem: string,
    /** Calls made for this task, repairs included. */
    readonly calls: number,
  ) {
    super(`No usable answer for ${task} in ${calls} calls; the last one: ${problem}`);
    this.name = 'AnswerInvalidError';
    this.code = validation === 'refused' ? 'ANSWER_REFUSED' : 'ANSWER_INVALID';
    this.retryable = validation !== 'refused';
  }
}
