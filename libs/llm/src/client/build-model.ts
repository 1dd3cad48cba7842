import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV3 } from '@ai-sdk/provider';
import type { ModelBinding, ProvidersFile } from '../providers/providers-file';
import type { Wire } from './wire/wire';

/** How the built-in rehearsal model is told to behave. */
export interface RehearsalOptions {
  modelId: string;
  latencyMs: number;
  /** Every n-th call fails as a server would; 0 is never. */
  failEvery: number;
  /** Every n-th answer is nonsense; 0 is never. */
  nonsenseEvery: number;
}

export type RehearsalFactory = (options: RehearsalOptions) => LanguageModelV3;

/**
 * The AI SDK model behind a binding. Addresses and keys are always passed, because the SDK would otherwise take them
 * from environment variables of its own choosing.
 * @throws ModelCallError PROVIDER_KEY_MISSING, UNKNOWN_PROVIDER, UNKNOWN_MODEL
 */
export function buildModel(
  providers: ProvidersFile,
  binding: ModelBinding,
  wire: Wire,
  rehearsal: RehearsalFactory,
): LanguageModelV3 {
  const settings = providers.require(binding);
  if (settings.kind === 'rehearsal') {
    const { latencyMs, failEvery, nonsenseEvery } = settings;
    return rehearsal({ modelId: binding.model, latencyMs, failEvery, nonsenseEvery });
  }
  const shared = {
    name: binding.provider,
    baseURL: settings.baseUrl,
    apiKey: providers.apiKey(binding),
    fetch: wire.fetch(settings.stream ? settings.idleTimeoutSeconds * 1000 : undefined),
  };
  switch (settings.kind) {
    case 'openai':
      return createOpenAI(shared).chat(binding.model);
    case 'anthropic':
      return createAnthropic(shared).languageModel(binding.model);
    case 'openai-compatible':
      return createOpenAICompatible({
        ...shared,
        includeUsage: true,
        supportsStructuredOutputs: settings.structuredOutputs === 'json_schema',
        transformRequestBody: (body: ChatBody) => withTokenLimit(withLenientSchema(body), settings.tokenLimit),
      }).languageModel(binding.model);
  }
}

interface ChatBody {
  response_format?: { json_schema?: object };
  max_tokens?: number;
}

/** As the option `strictJsonSchema: false` does, which the SDK would check anew with every call. */
function withLenientSchema(body: ChatBody): ChatBody {
  const schema = body.response_format?.json_schema;
  if (schema === undefined) return body;
  return { ...body, response_format: { ...body.response_format, json_schema: { ...schema, strict: false } } };
}

function withTokenLimit({ max_tokens, ...body }: ChatBody, field: 'max_tokens' | 'max_completion_tokens'): ChatBody {
  return { ...body, [field]: max_tokens };
}
