import { createHash } from 'node:crypto';
import { parseTask, type ParsedTask } from '@fiction/llm';

/** The part of an OpenAI chat completion request the server looks at. */
export interface ChatRequest {
  model: string;
  messages: { role: string; content: unknown }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  max_tokens?: number;
  response_format?: { type: string };
}

/** One call the server has seen. Times are milliseconds of `performance.now()` in the server's process. */
export interface RecordedCall {
  /** From 1, in order of arrival. */
  seq: number;
  /** Name of the task, or `(unknown)` for a conversation that is not a rendered task. */
  task: string;
  model: string;
  streamed: boolean;
  /** The same for every call about the same facts, repairs included. */
  materialHash: string;
  /** The same only for the same conversation: two equal ones are a call made twice. */
  requestHash: string;
  authorization?: string;
  at: number;
  /** When the whole answer was handed to the network. */
  answeredAt?: number;
  /** When the client closed the connection before it had the answer. */
  abortedAt?: number;
}

export const UNKNOWN_TASK: ParsedTask = { task: '(unknown)', material: {}, instructions: '' };

/** The task in a request; a conversation of another make counts as `(unknown)`. */
export function readTask(request: ChatRequest): ParsedTask {
  try {
    return parseTask(request.messages);
  } catch {
    return UNKNOWN_TASK;
  }
}

export function hashOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64url');
}
