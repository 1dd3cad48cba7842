import type { Binding, TaskMetadata } from '@fiction/contracts';
import type { ModelAnswer, ModelCallError } from '@fiction/llm';
import type { ModelCallRecord } from '../journal/journal.types';

type Asker = Pick<TaskMetadata, 'conversationId' | 'agentId'>;

/** What is on record of a call that was answered. */
export function answeredCall(
  { conversationId, agentId }: Asker,
  answer: ModelAnswer,
  validation: string,
): ModelCallRecord {
  const { finishReason, modelId } = answer.response;
  const { inputTokens, outputTokens, ...cached } = answer.usage;
  return {
    conversationId,
    agentId,
    provider: answer.provider,
    model: answer.model,
    request: answer.request,
    response: { text: answer.text, response: { finishReason, modelId, ...cached } },
    inputTokens,
    outputTokens,
    costUsd: answer.costUsd,
    latencyMs: Math.round(answer.latencyMs),
    validation,
  };
}

/** What is on record of a call that brought nothing. */
export function failedCall(
  { conversationId, agentId }: Asker,
  { provider, model }: Binding,
  error: ModelCallError,
  tookMs: number,
): ModelCallRecord {
  return {
    conversationId,
    agentId,
    provider,
    model,
    request: error.request ?? null,
    response: { error: { code: error.code, message: error.message } },
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    latencyMs: Math.round(tookMs),
    validation: error.code,
  };
}
