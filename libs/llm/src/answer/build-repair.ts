import type { ChatMessage, ModelTask, Repair } from '../task/model-task';

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
    { role: 'assistant', content: repair.answer.trim() === '' ? '(no answer)' : repair.answer },
    { role: 'user', content: `That answer cannot be used: ${repair.problem}\n\n${shape}` },
  ];
}
