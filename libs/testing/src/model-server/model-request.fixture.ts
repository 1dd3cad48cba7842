import { renderTask } from '@fiction/llm';
import type { ChatRequest } from './recorded-call';

/** A chat completion request for a task, as the client would send it. */
export function createModelRequest(task: string, material: Record<string, unknown>): ChatRequest {
  const messages = renderTask({ task, material, instructions: 'Go.', maxOutputTokens: 50 });
  return { model: 'novelist', messages };
}
