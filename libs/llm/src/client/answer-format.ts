import type { LanguageModelV3CallOptions } from '@ai-sdk/provider';
import { z } from 'zod';
import type { ProviderSettings } from '../providers/providers-file.schema';
import type { ChatMessage, ModelTask } from '../task/model-task';

type SdkFormat = NonNullable<LanguageModelV3CallOptions['responseFormat']>;
type JsonSchema = NonNullable<Extract<SdkFormat, { type: 'json' }>['schema']>;

/** How the provider was told the shape of the answer, as the transcript keeps it. The schema itself is in the code. */
export type ResponseFormat =
  { type: 'text' } | { type: 'json'; name: string; enforcedBy: 'json_schema' | 'json_object' | 'prompt' };

const schemas = new WeakMap<z.ZodType, { json: JsonSchema; forGrammar: JsonSchema; text: string }>();

/** What to tell a provider about the shape of a task's answer, in the way its settings allow. */
export function answerFormat<T>(
  task: ModelTask<T>,
  settings: ProviderSettings,
): { sdk: SdkFormat; recorded: ResponseFormat; inPrompt?: string } {
  if (task.schema === undefined) return { sdk: { type: 'text' }, recorded: { type: 'text' } };
  const { json, forGrammar, text } = jsonSchemaOf(task.schema);
  const name = task.task.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  const mode = settings.kind === 'rehearsal' ? 'json_schema' : settings.structuredOutputs;
  if (mode === 'json_schema') {
    const sdk: SdkFormat = { type: 'json', schema: settings.kind === 'openai-compatible' ? forGrammar : json, name };
    return { sdk, recorded: { type: 'json', name, enforcedBy: 'json_schema' } };
  }
  const inPrompt = `Answer with one JSON value that fits this JSON Schema, and with nothing else:\n${text}`;
  if (mode === 'json_object') {
    return { sdk: { type: 'json' }, recorded: { type: 'json', name, enforcedBy: 'json_object' }, inPrompt };
  }
  return { sdk: { type: 'text' }, recorded: { type: 'json', name, enforcedBy: 'prompt' }, inPrompt };
}

/**
 * The conversation with the shape of the answer added to the end of what is asked, for servers that cannot enforce it: what
 * stands before is the same for tasks with answers of other shapes.
 */
export function withShapeInPrompt(messages: ChatMessage[], inPrompt: string | undefined): ChatMessage[] {
  if (inPrompt === undefined) return messages;
  const asked = messages.findIndex(({ role }) => role === 'user');
  return messages.map((message, index) =>
    index === asked ? { ...message, content: `${message.content}\n\n${inPrompt}` } : message,
  );
}

function jsonSchemaOf(schema: z.ZodType): { json: JsonSchema; forGrammar: JsonSchema; text: string } {
  const known = schemas.get(schema);
  if (known !== undefined) return known;
  const json = convert(schema);
  const made = { json, forGrammar: convert(schema, withoutLengths), text: JSON.stringify(json) };
  schemas.set(schema, made);
  return made;
}

/** What the model writes is the schema's input; checks JSON Schema cannot say are left to our own judging. */
function convert(schema: z.ZodType, override?: typeof withoutLengths): JsonSchema {
  const options = { target: 'draft-7', io: 'input', unrepresentable: 'any', override } as const;
  const json = z.toJSONSchema(schema, options) as JsonSchema;
  delete json.$schema;
  return json;
}

/**
 * Servers of open models make a grammar of a schema: of a text with a longest length one rule for each character, of which
 * llama.cpp refuses more than 2,000, and which would end a sentence wherever it stands by then. We judge lengths ourselves.
 */
function withoutLengths({ jsonSchema }: { jsonSchema: { minLength?: number; maxLength?: number } }): void {
  delete jsonSchema.minLength;
  delete jsonSchema.maxLength;
}
