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
    /** As its server calls it. */
    readonly model: string,
  ) {
    super(
      `No usable answer for ${task} from ${model} in ${calls} calls; the last one: ${problem}${helpWith(validation)}`,
    );
    this.name = 'AnswerInvalidError';
    this.code = validation === 'refused' ? 'ANSWER_REFUSED' : 'ANSWER_INVALID';
    this.retryable = validation !== 'refused';
  }
}

/** For people, who can do more about it than the model. */
function helpWith(validation: AnswerProblem): string {
  return validation === 'truncated' ? ' More thinkingTokens of its provider leave it more room.' : '';
}
