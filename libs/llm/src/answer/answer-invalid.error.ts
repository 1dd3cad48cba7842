import type { AnswerProblem } from './judge-answer';

/**
 * A model kept giving unusable answers until the repairs were spent. A fresh attempt may fare better, but not with a model
 * that refuses, since it has been asked the same as often as that helps, nor with one that has had no room each time.
 */
export class AnswerInvalidError extends Error {
  readonly code: 'ANSWER_INVALID' | 'ANSWER_REFUSED' | 'ANSWER_NOT_BEGUN';
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
    /** Whether at least one of the calls has brought as much as a word before it was cut off. */
    begun: boolean,
  ) {
    super(
      `${model} gave no usable answer to ${task} in ${calls} calls. The last one cannot be used: ${problem}${helpWith(validation)}`,
    );
    this.name = 'AnswerInvalidError';
    this.code = codeOf(validation, begun);
    this.retryable = this.code === 'ANSWER_INVALID';
  }
}

function codeOf(validation: AnswerProblem, begun: boolean): AnswerInvalidError['code'] {
  if (!begun) return 'ANSWER_NOT_BEGUN';
  return validation === 'refused' ? 'ANSWER_REFUSED' : 'ANSWER_INVALID';
}

/** For people, who can do more about it than the model. */
function helpWith(validation: AnswerProblem): string {
  return validation === 'truncated' ? ' A higher thinkingTokens for its provider gives it more room.' : '';
}
