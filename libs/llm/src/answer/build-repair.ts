import type { ChatMessage, ModelTask, Repair } from '../task/model-task';

/** More than any layout has. */
const ENDLESS_SPACE = /\s{100,}/g;

/**
 * The follow-up that shows a model its unusable answer and names what is wrong with it. Roles alternate and no message
 * is empty, because chat templates of local models and some hosted APIs refuse anything else.
 */
export function buildRepair<T>(task: Pick<ModelTask<T>, 'schema'>, repair: Repair): ChatMessage[] {
  const shape =
    task.schema === undefined
      ? 'Send the complete text again, and nothing but the text.'
      : 'Send the complete answer again as one JSON value of the shape that was asked for, and nothing else.';
  return [
    { role: 'assistant', content: shown(repair.answer) },
    { role: 'user', content: `That answer cannot be used: ${repair.problem}\n\n${shape}` },
  ];
}

/** Models that are held to JSON write spaces without end at times; who is shown that goes on with it. */
function shown(answer: string): string {
  const text = answer.replaceAll(ENDLESS_SPACE, ' ').trim();
  return text === '' ? '(no answer)' : text;
}
