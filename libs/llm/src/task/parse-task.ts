/** What a rendered conversation asks for: the inverse of `renderTask`, without the schema, which is not in the text. */
export interface ParsedTask {
  task: string;
  material: Record<string, unknown>;
  instructions: string;
}

/** A conversation that `renderTask` did not make. */
export class TaskUnreadableError extends Error {
  readonly code = 'TASK_UNREADABLE';

  constructor(problem: string) {
    super(`This conversation is not a rendered task: ${problem}`);
    this.name = 'TaskUnreadableError';
  }
}

const MATERIAL = '<material>\n';
const MATERIAL_END = '\n</material>\n\n';
const TASK = /^# Task: ([^\n]+)\n\n/;

/**
 * Reads the task out of a conversation: our own messages, AI SDK prompts and OpenAI wire messages alike.
 * @throws TaskUnreadableError when the first user message is not one that `renderTask` wrote.
 */
export function parseTask(messages: readonly { role: string; content: unknown }[]): ParsedTask {
  const text = textOf(messages.find((message) => message.role === 'user')?.content);
  if (!text.startsWith(MATERIAL)) throw new TaskUnreadableError('its first user message does not start with material');
  const end = text.indexOf(MATERIAL_END);
  if (end < 0) throw new TaskUnreadableError('its material has no end');
  const asked = text.slice(end + MATERIAL_END.length);
  const heading = TASK.exec(asked);
  if (heading === null) throw new TaskUnreadableError('no task stands after its material');
  return {
    task: heading[1]!,
    material: readMaterial(text.slice(MATERIAL.length, end)),
    instructions: asked.slice(heading[0].length),
  };
}

function readMaterial(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    throw new TaskUnreadableError('its material is not JSON');
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part?.text === 'string' ? part.text : '')).join('');
}
