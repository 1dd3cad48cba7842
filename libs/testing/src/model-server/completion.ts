import type { ServerResponse } from 'node:http';
import type { ChatRequest } from './recorded-call';

/** Streamed answers come in pieces of this many characters. */
const CHUNK_CHARACTERS = 256;
const CREATED = 1_700_000_000;

export interface Completion {
  text: string;
  finishReason: string;
  /** With an empty text. */
  refusal?: string;
  /** How many tokens of the prompt the server says to have read; without it, a quarter of its characters. */
  promptTokens?: number;
}

/** Answers with a chat completion, whole or as server-sent events. */
export function sendCompletion(response: ServerResponse, request: ChatRequest, completion: Completion): void {
  if (request.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.end(events(request, completion).join(''));
    return;
  }
  sendJson(response, 200, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: CREATED,
    model: request.model,
    choices: [
      {
        index: 0,
        message:
          completion.refusal === undefined
            ? { role: 'assistant', content: completion.text }
            : { role: 'assistant', content: null, refusal: completion.refusal },
        finish_reason: completion.finishReason,
      },
    ],
    usage: usageOf(request, completion),
  });
}

/** Begins the answer and leaves it open: the headers and about half of the body. */
export function sendHalf(response: ServerResponse, request: ChatRequest, completion: Completion): Promise<void> {
  let body: string;
  if (request.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const all = events(request, { ...completion, text: completion.text || 'Once upon a time' });
    body = all.slice(0, Math.max(1, Math.floor(all.length / 2))).join('');
  } else {
    response.writeHead(200, { 'content-type': 'application/json' });
    body = `{"id":"chatcmpl-1","choices":[{"message":{"content":${JSON.stringify(completion.text).slice(0, -1)}`;
  }
  return new Promise((resolve) => response.write(body, () => resolve()));
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.byteLength, ...headers });
  response.end(body);
}

function events(request: ChatRequest, completion: Completion): string[] {
  const deltas: unknown[] = [{ delta: { role: 'assistant', content: '' }, finish_reason: null }];
  for (let from = 0; from < completion.text.length; from += CHUNK_CHARACTERS) {
    deltas.push({ delta: { content: completion.text.slice(from, from + CHUNK_CHARACTERS) }, finish_reason: null });
  }
  if (completion.refusal !== undefined) {
    for (const refusal of completion.refusal.split(/(?<= )/)) deltas.push({ delta: { refusal }, finish_reason: null });
  }
  deltas.push({ delta: {}, finish_reason: completion.finishReason });
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: CREATED, model: request.model };
  const chunks: unknown[] = deltas.map((delta) => ({ ...chunk, choices: [{ index: 0, ...(delta as object) }] }));
  if (request.stream_options?.include_usage === true) {
    chunks.push({ ...chunk, choices: [], usage: usageOf(request, completion) });
  }
  return [...chunks.map((each) => `data: ${JSON.stringify(each)}\n\n`), 'data: [DONE]\n\n'];
}

function usageOf(request: ChatRequest, completion: Completion): Record<string, number> {
  const characters = request.messages.reduce(
    (sum, { content }) => sum + (typeof content === 'string' ? content.length : JSON.stringify(content).length),
    0,
  );
  const prompt = completion.promptTokens ?? Math.ceil(characters / 4);
  const written = Math.ceil(completion.text.length / 4);
  return { prompt_tokens: prompt, completion_tokens: written, total_tokens: prompt + written };
}
