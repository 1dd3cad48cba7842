import { setTimeout as delay } from 'node:timers/promises';
import {
  APICallError,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3GenerateResult,
  type LanguageModelV3StreamPart,
  type LanguageModelV3StreamResult,
  type LanguageModelV3Usage,
} from '@ai-sdk/provider';
import { parseTask } from '../task/parse-task';
import { rehearse } from './rehearse';

export interface RehearsalModelOptions {
  /** The model's name in bindings and transcripts. */
  modelId: string;
  /** How long an answer takes, in milliseconds. */
  latencyMs?: number;
  /** Every n-th call of this instance fails with a retryable 503; 0 is never. */
  failEvery?: number;
  /** Every n-th answer of this instance is nonsense; 0 is never. */
  nonsenseEvery?: number;
}

const NONSENSE = 'Certainly! Here is what you asked for: {"answer": [1, 2, ';
const STREAMED_CHARACTERS = 400;

/**
 * The built-in model: offline, deterministic from its input, and honest about itself (`REHEARSAL_NOTICE`). It can be told
 * to be slow, to fail and to answer nonsense, so that everything around a model can be tried without one.
 * A call rejects with the signal's reason when it is aborted, also while it waits.
 */
export function createRehearsalModel(options: RehearsalModelOptions): LanguageModelV3 {
  const { modelId, latencyMs = 0, failEvery = 0, nonsenseEvery = 0 } = options;
  let calls = 0;
  let answers = 0;

  const answer = async (call: LanguageModelV3CallOptions): Promise<string> => {
    calls += 1;
    const fails = failEvery > 0 && calls % failEvery === 0;
    await pause(latencyMs, call.abortSignal);
    if (fails) throw unavailable(modelId);
    answers += 1;
    if (nonsenseEvery > 0 && answers % nonsenseEvery === 0) return NONSENSE;
    const { task, material } = parseTask(call.prompt);
    const schema = call.responseFormat?.type === 'json' ? (call.responseFormat.schema ?? {}) : undefined;
    return rehearse(task, material, schema);
  };

  return {
    specificationVersion: 'v3',
    provider: 'rehearsal',
    modelId,
    supportedUrls: {},
    doGenerate: async (call): Promise<LanguageModelV3GenerateResult> => {
      const text = await answer(call);
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: usageOf(call, text),
        response: { modelId },
        warnings: [],
      };
    },
    doStream: async (call): Promise<LanguageModelV3StreamResult> => {
      const text = await answer(call);
      return { stream: streamed(modelId, text, usageOf(call, text), call.abortSignal) };
    },
  };
}

async function pause(latencyMs: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (latencyMs <= 0) return;
  try {
    await delay(latencyMs, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function unavailable(modelId: string): APICallError {
  return new APICallError({
    message: 'The rehearsal model was told to fail this call',
    url: `rehearsal:${modelId}`,
    requestBodyValues: {},
    statusCode: 503,
    isRetryable: true,
  });
}

function streamed(
  modelId: string,
  text: string,
  usage: LanguageModelV3Usage,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV3StreamPart> {
  const parts = streamParts(modelId, text, usage);
  return new ReadableStream({
    pull(controller) {
      if (signal?.aborted === true) return controller.error(signal.reason);
      const { done, value } = parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}

function* streamParts(
  modelId: string,
  text: string,
  usage: LanguageModelV3Usage,
): Generator<LanguageModelV3StreamPart, void> {
  yield { type: 'stream-start', warnings: [] };
  yield { type: 'response-metadata', modelId };
  yield { type: 'text-start', id: '0' };
  for (let at = 0; at < text.length; at += STREAMED_CHARACTERS) {
    yield { type: 'text-delta', id: '0', delta: text.slice(at, at + STREAMED_CHARACTERS) };
  }
  yield { type: 'text-end', id: '0' };
  yield { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage };
}

/** Tokens as most models would count them: about four characters each. */
function usageOf(call: LanguageModelV3CallOptions, text: string): LanguageModelV3Usage {
  let characters = 0;
  for (const { content } of call.prompt) {
    if (typeof content === 'string') characters += content.length;
    else for (const part of content) characters += part.type === 'text' ? part.text.length : 0;
  }
  const input = Math.ceil(characters / 4);
  const output = Math.ceil(text.length / 4);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  };
}
