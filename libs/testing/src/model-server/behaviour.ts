/** What the model server does with one call. Those with `then` go on with it afterwards; without, with the answer. */
export type Behaviour =
  | { kind: 'answer'; text?: string; finishReason?: string; promptTokens?: number }
  | { kind: 'truncated'; text?: string }
  | { kind: 'refusal'; words: string }
  | { kind: 'delay'; ms: number; then?: Behaviour }
  | { kind: 'latch'; open: Promise<unknown>; then?: Behaviour }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'hang' }
  | { kind: 'stall' }
  | { kind: 'cut' }
  | { kind: 'body'; body: string; type?: string; status?: number };

/** The behaviours by name, as a test reads best. */
export const behave = {
  /** Answers with this text; without one with the server's own answer. */
  answer: (text?: string): Behaviour => ({ kind: 'answer', text }),
  /** Answers, and says to have read so much of the prompt. */
  counted: (promptTokens: number): Behaviour => ({ kind: 'answer', promptTokens }),
  /** Half a JSON object, reported as finished. */
  brokenJson: (): Behaviour => ({ kind: 'answer', text: '{"title": "The Salt Clock", "beats": ["the tide' }),
  /** JSON that fits no schema of ours. */
  wrongSchema: (): Behaviour => ({ kind: 'answer', text: '{"unexpected": [1, 2, 3]}' }),
  /** Answers with this text, and gives a reason of its own for ending there. */
  ended: (finishReason: string, text?: string): Behaviour => ({ kind: 'answer', finishReason, text }),
  empty: (): Behaviour => ({ kind: 'answer', text: '' }),
  /** The first half of the answer, finish reason `length`. */
  truncated: (text?: string): Behaviour => ({ kind: 'truncated', text }),
  /** Declines in the protocol's own field for it, with no text. */
  refusal: (words = 'I cannot help with that.'): Behaviour => ({ kind: 'refusal', words }),
  delay: (ms: number, then?: Behaviour): Behaviour => ({ kind: 'delay', ms, then }),
  /** Waits until the test opens the latch. */
  latch: (open: Promise<unknown>, then?: Behaviour): Behaviour => ({ kind: 'latch', open, then }),
  /** 429; `retryAfter` in seconds, or the moment itself, which is sent as an HTTP date. */
  throttle: (retryAfter?: number | Date): Behaviour => ({
    kind: 'status',
    status: 429,
    headers: retryHeader(retryAfter),
  }),
  status: (status: number, body?: string): Behaviour => ({ kind: 'status', status, body }),
  /** A status with a body of the server's own making, which is JSON. */
  saying: (status: number, body: string): Behaviour => ({ kind: 'body', body, type: 'application/json', status }),
  /** Takes the request and never answers. */
  hang: (): Behaviour => ({ kind: 'hang' }),
  /** Begins the answer and falls silent, the connection open. */
  stall: (): Behaviour => ({ kind: 'stall' }),
  /** Breaks the connection in the middle of the answer. */
  cut: (): Behaviour => ({ kind: 'cut' }),
  /** Status 200 with a body that is not the protocol's; without a type as a stream, or a page. */
  brokenBody: (body = '<html>It works!</html>', type?: string): Behaviour => ({ kind: 'body', body, type }),
};

function retryHeader(retryAfter: number | Date | undefined): Record<string, string> {
  if (retryAfter === undefined) return {};
  return { 'retry-after': typeof retryAfter === 'number' ? String(retryAfter) : retryAfter.toUTCString() };
}
