import type { ModelTask, Repair } from '../task/model-task';
import { AnswerInvalidError } from './answer-invalid.error';
import { judgeAnswer, type JudgedAnswer } from './judge-answer';
import { saidAloud } from './said-aloud';

/** How often the model is asked again after an unusable answer, before the attempt is given up. */
export const MAX_REPAIRS = 2;

/**
 * Asks until the answer can be used: one call and at most `MAX_REPAIRS` more. `call` makes (or replays) call number `n`,
 * counted from 0; what it throws ends the asking. Judging is pure, so recorded answers lead the same way again.
 * @throws AnswerInvalidError when the last repair is unusable too.
 */
export async function askUntilValid<T, A extends JudgedAnswer>(options: {
  task: ModelTask<T>;
  call: (n: number, repair: Repair | undefined) => Promise<A>;
}): Promise<{ value: T; answer: A; calls: number }> {
  const { task, call } = options;
  let repair: Repair | undefined;
  let begun = false;
  for (let n = 0; ; n++) {
    const answer = await call(n, repair);
    const judgement = judgeAnswer(task, answer);
    if (judgement.validation === 'valid') return { value: judgement.value, answer, calls: n + 1 };
    const said = saidAloud(answer.text);
    begun ||= judgement.validation !== 'truncated' || said !== '';
    if (n === MAX_REPAIRS) {
      const { modelId = 'the model' } = answer.response;
      throw new AnswerInvalidError(task.task, judgement.validation, judgement.problem, n + 1, modelId, begun, said);
    }
    // Who is shown a refusal refuses again; asked afresh, a model may think better of it.
    const refused = judgement.validation === 'refused';
    repair = refused ? undefined : { answer: said, problem: judgement.problem };
  }
}
