import type { AnswerProblem } from './judge-answer';

/** Of an answer, in characters: enough to see that it is prose, an apology or broken JSON. */
const MAX_SHOWN = 100;

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
    /** What the last answer said. */
    said: string,
  ) {
    super(
      `${model} gave no usable answer to ${task} in ${calls} calls. The last one cannot be used: ${problem}${helpWith(validation, said)}`,
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

/** For people, who can do more about it than the model, and have not seen what it said. */
function helpWith(validation: AnswerProblem, said: string): string {
  if (validation === 'truncated') return ' A higher thinkingTokens for its provider gives it more room.';
  if (validation !== 'malformed-json') return '';
  const line = said.replaceAll(/\s+/g, ' ').trim();
  return ` It begins: “${line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line}”`;
}
