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

const HEAD = /^# Task: ([^\n]+)\n\n<material>\n/;
const MATERIAL_END = '\n</material>\n\n';

/**
 * Reads the task out of a conversation: our own messages, AI SDK prompts and OpenAI wire messages alike.
 * @throws TaskUnreadableError when the first user message is not one that `renderTask` wrote.
 */
export function parseTask(messages: readonly { role: string; content: unknown }[]): ParsedTask {
  const text = textOf(messages.find((message) => message.role === 'user')?.content);
  const head = HEAD.exec(text);
  if (head === null) throw new TaskUnreadableError('its first user message does not start with a task heading');
  const end = text.indexOf(MATERIAL_END, head[0].length);
  if (end < 0) throw new TaskUnreadableError('its material has no end');
  return {
    task: head[1]!,
    material: readMaterial(text.slice(head[0].length, end)),
    instructions: text.slice(end + MATERIAL_END.length),
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
