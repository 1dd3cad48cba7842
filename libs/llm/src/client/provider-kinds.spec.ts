import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LanguageModelV3, LanguageModelV3CallOptions } from '@ai-sdk/provider';
import { blueprint, draft, noRehearsal, providersOf } from './wire/wire.fixture';
import type { RehearsalOptions } from './build-model';
import { ModelClient } from './model-client';
import type { ModelTask } from '../task/model-task';
import { renderTask } from '../task/render-task';

interface Seen {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

let server: Server;
/** Plain, or the events of a stream. */
let reply: object | object[];
const seen: Seen[] = [];
const signal = new AbortController().signal;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      seen.push({ path: request.url!, headers: request.headers, body });
      if (!Array.isArray(reply)) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
        return;
      }
      const events = (reply as object[]).map((event) => `data: ${JSON.stringify(event)}\n\n`);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.join(''));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => seen.splice(0));
afterAll(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

const chatReply = (extra: object = {}) => ({
  id: 'chatcmpl-1',
  created: 1,
  model: 'small-2030-01-01',
  choices: [{ index: 0, message: { role: 'assistant', content: 'The tide.' }, finish_reason: 'stop' }],
  ...extra,
});

async function callOnce(settings: Record<string, unknown>, task: ModelTask<unknown> = draft, env = { KEY: 'sk-1' }) {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const client = new ModelClient(providersOf({ paid: { baseUrl, ...settings } }, env), noRehearsal, undefined);
  try {
    return await client.call({ binding: { provider: 'paid', model: 'small' }, task, signal });
  } finally {
    client.close();
  }
}

describe('the openai kind', () => {
  it('speaks to the address it is given, with a bearer key, and reports tokens and cost', async () => {
    const counted = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
    reply = chatReply({ usage: { ...counted, prompt_tokens_details: { cached_tokens: 600 } } });
    const prices = { small: { inputPerMillion: 2, outputPerMillion: 10 } };
    const answer = await callOnce({ kind: 'openai', lane: 'cloud', apiKeyEnv: 'KEY', prices });
    expect(seen[0]).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: 'Bearer sk-1' } });
    expect(answer).toMatchObject({
      text: 'The tide.',
      usage: { inputTokens: 1000, cacheReadTokens: 600, outputTokens: 100 },
      costUsd: 0.003,
    });
    expect(answer.response.modelId).toBe('small-2030-01-01');
  });

  it('sends the shape of the answer without the strictness that forbids optional fields', async () => {
    reply = chatReply();
    await callOnce({ kind: 'openai', lane: 'cloud', apiKeyEnv: 'KEY' }, blueprint);
    expect(seen[0]!.body.response_format).toMatchObject({ type: 'json_schema', json_schema: { strict: false } });
  });
});

describe('the anthropic kind', () => {
  it('speaks to the address it is given, with its own key header, and reports tokens and cost', async () => {
    reply = {
      type: 'message',
      id: 'msg_1',
      model: 'small',
      role: 'assistant',
      content: [{ type: 'text', text: 'The tide.' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1000, output_tokens: 100 },
    };
    const answer = await callOnce({ kind: 'anthropic', lane: 'cloud', apiKeyEnv: 'KEY' });
    expect(seen[0]).toMatchObject({ path: '/v1/messages', headers: { 'x-api-key': 'sk-1' } });
    expect(seen[0]!.body).toMatchObject({ model: 'small', max_tokens: 200, system: [{ type: 'text' }] });
    expect(JSON.stringify(seen[0]!.body)).not.toContain('cache_control');
    expect(answer).toMatchObject({
      text: 'The tide.',
      usage: { inputTokens: 1000, outputTokens: 100 },
      priceUnknown: true,
    });
    expect(answer.response.finishReason).toBe('stop');
  });

  it('marks what later calls share where the shape is left to the prompt, and prices what was kept and read again', async () => {
    const content = [{ type: 'text', text: 'The tide.' }];
    const counts = {
      input_tokens: 200,
      cache_read_input_tokens: 800,
      cache_creation_input_tokens: 1000,
      output_tokens: 100,
    };
    reply = {
      type: 'message',
      id: 'm',
      model: 'small',
      role: 'assistant',
      content,
      stop_reason: 'end_turn',
      usage: counts,
    };
    const price = { inputPerMillion: 3, outputPerMillion: 15, cacheReadPerMillion: 0.3, cacheWritePerMillion: 3.75 };
    const prices = { small: price };
    const settings = { kind: 'anthropic', lane: 'cloud', apiKeyEnv: 'KEY', structuredOutputs: 'none', prices };
    const shared = { book: { title: 'The Salt Clock' }, notes: 'one,\n "two", three' };
    const first = await callOnce(settings, { ...draft, material: shared });
    const second = await callOnce(settings, { ...blueprint, material: { ...shared, prose: 'The tide.' } });

    const partsOf = (call: (typeof seen)[number]): { text: string; cache_control?: object }[] =>
      (call.body as { messages: { content: [] }[] }).messages[0]!.content;
    const [ofFirst, ofSecond] = seen.map(partsOf) as [ReturnType<typeof partsOf>, ReturnType<typeof partsOf>];
    for (const [parts, answer] of [
      [ofFirst, first],
      [ofSecond, second],
    ] as const) {
      expect(parts.map(({ text }) => text).join('')).toBe(answer.request.messages[1]!.content);
      expect(parts.map((part) => part.cache_control !== undefined)).toEqual(
        parts.map((_, at) => at < parts.length - 1),
      );
    }
    // All that the first has marked stands at the beginning of the second, and ends where a part of it ends.
    const kept = ofFirst.slice(0, -1).map(({ text }) => text);
    expect(ofSecond.slice(0, kept.length).map(({ text }) => text)).toEqual(kept);
    expect(kept.join('')).toContain('three');

    expect(first.usage).toEqual({ inputTokens: 2000, cacheReadTokens: 800, cacheWriteTokens: 1000, outputTokens: 100 });
    expect(first.costUsd).toBeCloseTo((200 * 3 + 800 * 0.3 + 1000 * 3.75 + 100 * 15) / 1_000_000, 12);
  });
});

describe('the openai-compatible kind', () => {
  const settings = { kind: 'openai-compatible', lane: 'metal' };

  it('needs no key, and counts for a server that does not', async () => {
    reply = chatReply();
    const answer = await callOnce(settings);
    expect(seen[0]!.headers.authorization).toBeUndefined();
    expect(answer).toMatchObject({ usageEstimated: true, usage: { outputTokens: Math.ceil('The tide.'.length / 4) } });
    expect(answer.usage.inputTokens).toBeGreaterThan(20);
  });

  it.each([
    ['json_schema', { type: 'json_schema' }, false],
    ['json_object', { type: 'json_object' }, true],
    ['none', undefined, true],
  ])('asks for structured answers by %s', async (structuredOutputs, format, inPrompt) => {
    reply = chatReply();
    const answer = await callOnce({ ...settings, structuredOutputs }, blueprint);
    const { response_format: sent } = seen[0]!.body as { response_format?: object };
    if (format === undefined) expect(sent).toBeUndefined();
    else expect(sent).toMatchObject(format);
    const [system, user] = answer.request.messages;
    expect(user!.content.endsWith(renderTask(blueprint)[1]!.content)).toBe(!inPrompt);
    expect(user!.content.includes('JSON Schema')).toBe(inPrompt);
    // What comes first is the same for every task and every way of asking.
    expect(system).toEqual(renderTask(draft)[0]);
  });
});

it('leaves a model room to think in, on top of its answer', async () => {
  reply = chatReply();
  const answer = await callOnce({ kind: 'openai', lane: 'cloud', apiKeyEnv: 'KEY', thinkingTokens: 5000 });
  expect(seen[0]!.body).toMatchObject({ max_tokens: 5200 });
  expect(answer.request.maxOutputTokens).toBe(5200);
});

describe('a stream', () => {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' },
    choices: [{ index: 0, delta, finish_reason }],
  });
  const usage = { input_tokens: 10, output_tokens: 3 };
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, usage };
  const TOLD: Record<string, { begun: object[]; ended: object[] }> = {
    openai: { begun: [chunk({ content: 'The tide.' })], ended: [chunk({}, 'stop')] },
    anthropic: {
      begun: [
        { type: 'message_start', message },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'The tide.' } },
      ],
      ended: [
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } },
        { type: 'message_stop' },
      ],
    },
  };

  it.each(Object.keys(TOLD))('that ends before its answer does is no answer (%s)', async (kind) => {
    const { begun, ended } = TOLD[kind]!;
    const settings = { kind, lane: 'cloud', apiKeyEnv: 'KEY', stream: true };
    reply = [...begun, ...ended];
    await expect(callOnce(settings)).resolves.toMatchObject({ text: 'The tide.', response: { finishReason: 'stop' } });
    reply = begun;
    await expect(callOnce(settings)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringContaining('the stream ended before the answer did') as string,
    });
  });
});

describe('a paid kind without its key', () => {
  it.each(['openai', 'anthropic'])('sends nothing (%s)', async (kind) => {
    const call = callOnce({ kind, lane: 'cloud', apiKeyEnv: 'KEY' }, draft, { KEY: ' ' });
    await expect(call).rejects.toMatchObject({ code: 'PROVIDER_KEY_MISSING', spendsAttempt: false });
    expect(seen).toHaveLength(0);
  });
});

describe('the rehearsal kind', () => {
  it('is built once for each model, with the settings of the file', async () => {
    const built: RehearsalOptions[] = [];
    const asked: LanguageModelV3CallOptions[] = [];
    const client = new ModelClient(
      providersOf({ stage: { kind: 'rehearsal', lane: 'metal', latencyMs: 3, failEvery: 5 } }),
      (options) => {
        built.push(options);
        return fakeModel(options.modelId, asked);
      },
      undefined,
    );
    const binding = { provider: 'stage', model: 'novelist' };
    await client.call({ binding, task: draft, signal });
    const answer = await client.call({ binding, task: draft, signal });
    expect(built).toEqual([{ modelId: 'novelist', latencyMs: 3, failEvery: 5, nonsenseEvery: 0 }]);
    expect(asked[1]).toMatchObject({ maxOutputTokens: 200, temperature: 0.7, responseFormat: { type: 'text' } });
    expect(answer).toMatchObject({
      text: 'Curtain.',
      lane: 'metal',
      costUsd: 0,
      usage: { inputTokens: 7, outputTokens: 2 },
    });
  });

  it('cannot keep a caller that cancels, even when it ignores the signal', async () => {
    const stuck = { ...fakeModel('novelist', []), doGenerate: () => new Promise<never>(() => undefined) };
    const client = new ModelClient(
      providersOf({ stage: { kind: 'rehearsal', lane: 'metal' } }),
      () => stuck,
      undefined,
    );
    const cancel = new AbortController();
    const call = client.call({ binding: { provider: 'stage', model: 'novelist' }, task: draft, signal: cancel.signal });
    await new Promise(setImmediate);
    cancel.abort();
    await expect(call).rejects.toMatchObject({ code: 'MODEL_CALL_CANCELLED' });
  });
});

function fakeModel(modelId: string, asked: LanguageModelV3CallOptions[]): LanguageModelV3 {
  return {
    specificationVersion: 'v3',
    provider: 'stage',
    modelId,
    supportedUrls: {},
    doGenerate: (options) => {
      asked.push(options);
      return Promise.resolve({
        content: [{ type: 'text', text: 'Curtain.' }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 7, noCache: 7, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 2, text: 2, reasoning: 0 },
        },
        warnings: [],
      });
    },
    doStream: () => Promise.reject(new Error('not streamed')),
  };
}
