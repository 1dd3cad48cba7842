import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3FinishReason,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
} from '@ai-sdk/provider';
import { wholeJson } from '../../answer/extract-json';
import { finishReasonOf } from './finish-reason';

/** Longest text in characters: a transcript, with its request, has to be carried by the bus. A scene has 10,000. */
const LONGEST_TEXT = 200_000;
/** Where more is asked for, as the list of 400 chapters. Of most texts a token is four characters. */
const CHARACTERS_PER_TOKEN = 8;

/** The text of an answer goes on and on, as when a model repeats itself for ever and its server knows no limit. */
class TextTooLongError extends Error {
  constructor(characters: number) {
    super(`the answer has more than ${characters} characters`);
    this.name = 'TextTooLongError';
  }
}

/** The connection ended in the midst of the answer, and well; whoever only counts words would take it for whole. */
class StreamCutError extends Error {
  constructor() {
    super('the stream ended before the answer did');
    this.name = 'StreamCutError';
  }
}

function heedLength(text: string, options: LanguageModelV3CallOptions): void {
  const longest = longestText(options);
  if (text.length > longest) throw new TextTooLongError(longest);
}

function longestText({ maxOutputTokens = 0 }: LanguageModelV3CallOptions): number {
  return Math.max(LONGEST_TEXT, maxOutputTokens * CHARACTERS_PER_TOKEN);
}

/** What a model sent back, plain or streamed. */
export interface Reply {
  text: string;
  finishReason: string;
  modelId: string;
  usage: LanguageModelV3Usage | undefined;
}

/** One request in the plain protocol. */
export async function readWhole(model: LanguageModelV3, options: LanguageModelV3CallOptions): Promise<Reply> {
  const result = await model.doGenerate(options);
  let text = '';
  let thought = '';
  for (const part of result.content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') thought += part.text;
  }
  heedLength(text, options);
  const reply = {
    text,
    finishReason: finishReasonOf(result.finishReason),
    modelId: result.response?.modelId ?? model.modelId,
    usage: result.usage,
  };
  const refusal = text === '' ? refusalOf(result.response?.body, 'message') : '';
  return withAnswer(withRefusal(reply, refusal), thought, options);
}

/** One request in the streamed protocol, gathered. The first error in the stream ends it and closes the connection. */
export async function readStream(model: LanguageModelV3, options: LanguageModelV3CallOptions): Promise<Reply> {
  const { stream } = await model.doStream({ ...options, includeRawChunks: true });
  const reader = stream.getReader();
  const reply: Reply = { text: '', finishReason: 'other', modelId: model.modelId, usage: undefined };
  let refusal = '';
  let thought = '';
  let isWhole = false;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value.type === 'raw') refusal += refusalOf(next.value.rawValue, 'delta');
      else if (next.value.type !== 'reasoning-delta') add(reply, next.value);
      else if (thought.length < longestText(options)) thought += next.value.delta;
      isWhole ||= next.value.type === 'finish' && saysWhy(next.value.finishReason);
      heedLength(reply.text || refusal, options);
    }
    if (!isWhole) throw new StreamCutError();
    return withAnswer(withRefusal(reply, refusal), thought, options);
  } catch (error) {
    // The stream is broken already; how cancelling it fares changes nothing.
    void reader.cancel().catch(() => undefined);
    throw error;
  }
}

/** Some SDKs end a stream by themselves when its connection ends, with a reason that nobody has given. */
function saysWhy({ unified, raw }: LanguageModelV3FinishReason): boolean {
  return unified !== 'other' || raw !== undefined;
}

function add(reply: Reply, part: LanguageModelV3StreamPart): void {
  switch (part.type) {
    case 'text-delta':
      reply.text += part.delta;
      return;
    case 'response-metadata':
      reply.modelId = part.modelId ?? reply.modelId;
      return;
    case 'finish':
      reply.finishReason = finishReasonOf(part.finishReason);
      reply.usage = part.usage;
      return;
    case 'error':
      throw part.error;
    default:
      return;
  }
}

/** The chat protocol has a field of its own for the words with which a model refuses, and not every SDK looks at it. */
function refusalOf(body: unknown, part: 'message' | 'delta'): string {
  const { choices } = (body ?? {}) as { choices?: { [key in typeof part]?: { refusal?: unknown } }[] };
  const refusal = Array.isArray(choices) ? choices[0]?.[part]?.refusal : undefined;
  return typeof refusal === 'string' ? refusal : '';
}

/** A refusal without a text is told as what the SDKs make of it where they know it. */
function withRefusal(reply: Reply, refusal: string): Reply {
  if (reply.text !== '' || refusal === '') return reply;
  return { ...reply, text: refusal, finishReason: 'content-filter' };
}

/**
 * Servers that hold a thinking model to JSON take its whole answer for thinking, since it never says that it has ended (LM
 * Studio, vLLM). What a model really thinks is no JSON as a whole.
 */
function withAnswer(reply: Reply, thought: string, { responseFormat }: LanguageModelV3CallOptions): Reply {
  const isMissing = reply.text.trim() === '' && reply.finishReason === 'stop' && responseFormat?.type === 'json';
  return isMissing && typeof wholeJson(thought) === 'object' ? { ...reply, text: thought } : reply;
}
