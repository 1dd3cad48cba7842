import type { Lane } from '../providers/providers-file.schema';
import type { ChatMessage } from '../task/model-task';
import type { ResponseFormat } from './answer-format';
import type { TokenUsage } from './count-tokens';

/** One finished call, complete enough to be its transcript: plain data that survives JSON. */
export interface ModelAnswer {
  /** What the model wrote, without what PostgreSQL cannot store. Not judged yet. */
  text: string;
  request: {
    messages: ChatMessage[];
    maxOutputTokens: number;
    temperature?: number;
    responseFormat: ResponseFormat;
  };
  response: {
    text: string;
    /** `stop`, `length`, `content-filter`, `tool-calls`, `error` or `other`. */
    finishReason: string;
    /** What the server calls the model that answered. */
    modelId: string;
  };
  usage: TokenUsage;
  /** The server did not count; the tokens are the characters by four. */
  usageEstimated?: true;
  costUsd: number;
  /** A hosted model without a price in the providers file: `costUsd` is 0 and not to be believed. */
  priceUnknown?: true;
  /** From sending the request to the last byte of the answer. */
  latencyMs: number;
  /** Waited before that for a slot and for the provider's limits. */
  queuedMs: number;
  provider: string;
  model: string;
  lane: Lane;
}
