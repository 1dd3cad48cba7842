import type { LanguageModelV3Usage } from '@ai-sdk/provider';
import type { ModelAnswer } from './model-answer';
import type { Reply } from './wire/read-reply';

/** Tokens of one call. `usageEstimated` when the server did not count and we did, at four characters a token. */
export interface TokenUsage {
  /** All of the prompt, however the server came to know it. */
  inputTokens: number;
  /** All that was written, thinking included. */
  outputTokens: number;
  /** Of the input, what the server had read before, if it says so. */
  cacheReadTokens?: number;
  /** Of the input, what the server keeps for later calls, if it says so. */
  cacheWriteTokens?: number;
}

/** More than any model reads or writes at once; what is more, or less than none, is no count. */
const MOST_TOKENS = 1e9;

/** A count of 0 for an answer that has text is a server that does not count. */
export function countTokens(reply: Reply, promptTokens: number): Pick<ModelAnswer, 'usage' | 'usageEstimated'> {
  const { total, cacheRead, cacheWrite } = reply.usage?.inputTokens ?? {};
  const input = counted(total);
  const output = writtenTokens(reply.usage) || (reply.text === '' ? 0 : undefined);
  const cacheReadTokens = Math.min(counted(cacheRead), input);
  const cacheWriteTokens = Math.min(counted(cacheWrite), input - cacheReadTokens);
  const usage: TokenUsage = {
    inputTokens: input || promptTokens,
    outputTokens: output ?? estimateTokens(reply.text.length),
    ...(cacheReadTokens > 0 && { cacheReadTokens }),
    ...(cacheWriteTokens > 0 && { cacheWriteTokens }),
  };
  return !input || output === undefined ? { usage, usageEstimated: true } : { usage };
}

/**
 * Tokens written, with those that nobody sees. Servers that leave thinking out of what they count as written (Gemini's, xAI's)
 * have it in the total, and charge for it.
 */
function writtenTokens(usage: LanguageModelV3Usage | undefined): number {
  const written = counted(usage?.outputTokens.total);
  const read = counted(usage?.inputTokens.total);
  const { total_tokens: all } = (usage?.raw ?? {}) as { total_tokens?: unknown };
  return read > 0 ? Math.max(written, counted(all) - read) : written;
}

/** Whole tokens, since gateways with weights of their own count parts of them too. */
function counted(tokens: unknown): number {
  return typeof tokens === 'number' && tokens > 0 && tokens <= MOST_TOKENS ? Math.ceil(tokens) : 0;
}

/** Good enough for a budget and a rate limit when nobody counted. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 4);
}
