import type { LanguageModelV3FinishReason } from '@ai-sdk/provider';

/**
 * Why an answer ended, in words that the chat protocol has not and its servers use all the same, in small letters. What is
 * not here counts as an end.
 */
const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  // Mistral, Gemini, and gateways that hand on what they are told.
  model_length: 'length',
  max_tokens: 'length',
  max_length: 'length',
  // Gemini, and GLM.
  safety: 'content-filter',
  recitation: 'content-filter',
  blocklist: 'content-filter',
  prohibited_content: 'content-filter',
  spii: 'content-filter',
  sensitive: 'content-filter',
  refusal: 'content-filter',
  // OpenRouter, DeepSeek, GLM; vLLM and SGLang.
  error: 'error',
  insufficient_system_resource: 'error',
  network_error: 'error',
  abort: 'error',
  aborted: 'error',
};

/** The server says that it has not finished the answer, as when something behind it broke or it has no room for it. */
class AnswerGivenUpError extends Error {
  constructor(reason: string) {
    super(`the server stopped in the middle of the answer (finish_reason ${reason})`);
    this.name = 'AnswerGivenUpError';
  }
}

/** @throws AnswerGivenUpError for what is but the beginning of an answer, and asked again may be whole */
export function finishReasonOf({ unified, raw }: LanguageModelV3FinishReason): string {
  if (unified !== 'other' || raw === undefined) return unified;
  const meant = FOREIGN_WORDS[raw.toLowerCase()] ?? unified;
  if (meant === 'error') throw new AnswerGivenUpError(raw);
  return meant;
}
