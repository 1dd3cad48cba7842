import { buildRepair } from '../answer/build-repair';
import type { ChatMessage, ModelTask, Repair } from './model-task';

/**
 * The conversation that asks for a task. Material is JSON in which `<` is escaped, so nothing a writer or a model
 * wrote can close the tag and pass for an instruction.
 */
export function renderTask<T>(task: ModelTask<T>, repair?: Repair): ChatMessage[] {
  const material = JSON.stringify(task.material, null, 1).replaceAll('<', '\\u003c');
  const messages: ChatMessage[] = [
    { role: 'system', content: task.system },
    { role: 'user', content: `# Task: ${task.task}\n\n<material>\n${material}\n</material>\n\n${task.instructions}` },
  ];
  return repair === undefined ? messages : [...messages, ...buildRepair(task, repair)];
}
