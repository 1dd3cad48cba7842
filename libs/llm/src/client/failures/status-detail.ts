import type { APICallError } from '@ai-sdk/provider';
import { STATUS_CODES } from 'node:http';

/** What there is to do about what a server says of a request, by the words it says it with. */
const WHAT_TO_DO = [
  [/max_completion_tokens/i, 'set tokenLimit: max_completion_tokens for the provider, of kind openai-compatible'],
  [/\btemperature\b/i, 'set temperature: false for the provider'],
  [/context.?(length|size|window)|prompt is too long/i, 'the model needs a larger context window'],
] as const;
const ABOUT_THE_SHAPE = /response.?format|json.?schema|structured.?output|\bschema\b|grammar|\bjson\b/i;

/**
 * What a server says with a status that is no success. The SDK knows one way of saying it, and tells the status in words for
 * all others; gateways put what the model's own server has said beside what they say themselves.
 */
export function statusDetail({ message, data, responseBody = '', statusCode = 0 }: APICallError): string {
  const body = responseBody.trim();
  // Of a status that is no standard's, the page alone tells what it means.
  const title = STATUS_CODES[statusCode] === undefined ? /<title>([^<]+)<\/title>/i.exec(body)?.[1] : undefined;
  if (title !== undefined) return title;
  if (data === undefined) return body === '' || body.startsWith('<') ? message : body;
  const raw = rawError(body);
  return raw === undefined ? message : `${message}: ${raw}`;
}

function rawError(body: string): string | undefined {
  const { metadata } = (errorIn(body) ?? {}) as { metadata?: { raw?: unknown } };
  return typeof metadata?.raw === 'string' ? metadata.raw : undefined;
}

/** What a body has as its error, if it is JSON and has one. */
export function errorIn(body = ''): unknown {
  try {
    return (JSON.parse(body) as { error?: unknown } | null)?.error;
  } catch {
    return undefined;
  }
}

/** A setting that helps against what the server says, if one does. */
export function settingAgainst(error: APICallError, detail: string): string {
  const known = WHAT_TO_DO.find(([words]) => words.test(detail))?.[1];
  if (known !== undefined) return `; ${known}`;
  const { response_format: chat, output_config: messages } = (error.requestBodyValues ?? {}) as Record<string, unknown>;
  if ((chat ?? messages) === undefined || !ABOUT_THE_SHAPE.test(detail)) return '';
  return '; set structuredOutputs: none for the provider, or json_object if it is openai-compatible';
}

/** Some servers check what the model has written, and blame the request (Groq); asked again, the model may do better. */
export function blamesTheAnswer({ responseBody = '' }: APICallError): boolean {
  return responseBody.includes('json_validate_failed');
}
