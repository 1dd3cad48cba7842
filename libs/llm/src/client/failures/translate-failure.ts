import { APICallError, InvalidResponseDataError } from '@ai-sdk/provider';
import { shortened } from '@fiction/contracts';
import type { ModelBinding } from '../../providers/providers-file';
import { RehearsalError } from '../../rehearsal/rehearsal.error';
import { TaskUnreadableError } from '../../task/parse-task';
import { ModelCallError } from './model-call.error';
import { DEFAULT_RETRY_AFTER_MS, readRetryAfter } from './retry-after';
import { blamesTheAnswer, errorIn, settingAgainst, statusDetail } from './status-detail';
import { addressHint, WirePageError, WireSilenceError, WireTooLongError, WireUnreachableError } from '../wire/wire';

const MAX_DETAIL_CHARACTERS = 300;
/** What the wire says itself, whatever the SDK puts around it. */
const FOUND_BY_THE_WIRE = [
  [WireSilenceError, 'PROVIDER_TIMEOUT'],
  [WireUnreachableError, 'PROVIDER_UNREACHABLE'],
  [WirePageError, 'PROVIDER_UNAVAILABLE'],
  [WireTooLongError, 'PROVIDER_UNAVAILABLE'],
] as const;
/** Statuses below 500 that say "later", not "no"; 498 is Groq's for no room, 499 a gateway's whose own caller has gone. */
const TEMPORARY_STATUSES = new Set([408, 409, 425, 498, 499]);
/** Statuses with which something else than the model may have answered. */
const ABOUT_THE_ADDRESS = new Set([401, 403, 404, 405]);
/**
 * What a server answers while it loads its model (llama.cpp) or is overloaded (Anthropic), and a proxy for one that is away;
 * Cloudflare has words of its own for those to which no connection came about.
 */
const NOT_READY_STATUSES = new Set([502, 503, 504, 521, 522, 523, 529, 530]);

/** Turns whatever a provider's client threw into a `ModelCallError`; `secret` never appears in its message. */
export function translateFailure(
  error: unknown,
  binding: ModelBinding,
  context: { nowMs: number; secret: string | undefined },
): ModelCallError {
  if (error instanceof ModelCallError) return error;
  for (const [kind, code] of FOUND_BY_THE_WIRE) {
    const found = causeOf(error, (cause) => cause instanceof kind);
    if (found !== undefined) return new ModelCallError(code, binding, found.message);
  }
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    return fromStatus(error, error.statusCode, binding, context);
  }
  const detail = shorten(describe(error), context.secret);
  // The rehearsal model does not know such a task, and will not know it next time.
  if (error instanceof RehearsalError || error instanceof TaskUnreadableError) {
    return new ModelCallError('PROVIDER_REFUSED', binding, detail);
  }
  return fromWords(error, binding, detail) ?? new ModelCallError('PROVIDER_UNAVAILABLE', binding, detail);
}

/** Some servers answer with 200, or begin a stream with it, and report inside that there is a limit or that they are overloaded. */
function fromWords(error: unknown, binding: ModelBinding, detail: string): ModelCallError | undefined {
  if (error instanceof Error || typeof error !== 'object' || error === null) return undefined;
  const { type, code } = error as { type?: unknown; code?: unknown };
  const said = [type, code];
  if (said.some((word) => word === 429 || startsWith(word, 'rate_limit'))) {
    return new ModelCallError('PROVIDER_THROTTLED', binding, detail, { retryAfterMs: DEFAULT_RETRY_AFTER_MS });
  }
  if (said.some((word) => NOT_READY_STATUSES.has(word as number) || startsWith(word, 'overloaded'))) {
    return new ModelCallError('PROVIDER_NOT_READY', binding, detail);
  }
  return undefined;
}

function fromStatus(
  error: APICallError,
  status: number,
  binding: ModelBinding,
  { nowMs, secret }: { nowMs: number; secret: string | undefined },
): ModelCallError {
  const told = statusDetail(error);
  const detail = shorten(told, secret);
  const retryAfterMs = readRetryAfter(error.responseHeaders, nowMs, status === 429 ? error.responseBody : undefined);
  if (status === 429) {
    const extra = { status, retryAfterMs: retryAfterMs ?? DEFAULT_RETRY_AFTER_MS };
    return new ModelCallError('PROVIDER_THROTTLED', binding, `HTTP 429, ${detail}`, extra);
  }
  if (NOT_READY_STATUSES.has(status)) {
    return new ModelCallError('PROVIDER_NOT_READY', binding, `HTTP ${status}, ${detail}`, { status, retryAfterMs });
  }
  if (status >= 200 && status < 300) {
    const inBody = errorIn(error.responseBody);
    const passing = fromWords(inBody, binding, shorten(describe(inBody), secret));
    if (passing !== undefined) return passing;
    const broken = causeOf(error, (cause) => 'code' in cause)?.message;
    const what =
      broken === undefined
        ? `its response is not an answer: ${shorten(error.responseBody ?? '', secret)}`
        : `the answer ended early: ${shorten(broken, secret)}`;
    return new ModelCallError('PROVIDER_UNAVAILABLE', binding, what);
  }
  const mayPass = status >= 500 || TEMPORARY_STATUSES.has(status) || blamesTheAnswer(error);
  const code = mayPass ? 'PROVIDER_UNAVAILABLE' : 'PROVIDER_REFUSED';
  const help = settingAgainst(error, told);
  const words = help === '' ? detail : detail.replace(/\.$/, '');
  const said = `HTTP ${status}, ${words}${whatOfTheAddress(error, status, secret)}${help}`;
  return new ModelCallError(code, binding, said, { status, retryAfterMs });
}

/** Where a status says that the address may be wrong: the address, and what there is to do about it. */
function whatOfTheAddress(error: APICallError, status: number, secret: string | undefined): string {
  if (status >= 300 && status < 400) {
    const to = error.responseHeaders?.location;
    const on = to === undefined ? '' : ` redirects to ${shorten(to, secret)}`;
    return ` (${error.url}${on}); set baseUrl to the address of the model server itself`;
  }
  return ABOUT_THE_ADDRESS.has(status) ? ` (${error.url})${addressHint(error.url)}` : '';
}

function startsWith(word: unknown, beginning: string): boolean {
  return typeof word === 'string' && word.startsWith(beginning);
}

function describe(error: unknown): string {
  if (InvalidResponseDataError.isInstance(error)) {
    return `its answer ended early (${error.message}); a server that does not stream needs a provider without stream: true`;
  }
  const { message, code } = (typeof error === 'string' ? { message: error } : (error ?? {})) as {
    message?: unknown;
    code?: unknown;
  };
  if (code === 'EPROTO') return 'it does not use TLS; does its address begin with http://?';
  if (typeof message !== 'string') return 'it reported an error without a message';
  // The SDK says so of every connection that broke, those that had been made too.
  return message.replace(/^Cannot connect to API: /, 'the connection broke: ');
}

function causeOf(error: unknown, matches: (cause: Error) => boolean): Error | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++, current = current.cause) {
    if (matches(current)) return current;
  }
  return undefined;
}

function shorten(text: string, secret: string | undefined): string {
  const safe = secret === undefined ? text : text.replaceAll(secret, '***');
  const line = safe.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'no reason given';
  return shortened(line, MAX_DETAIL_CHARACTERS);
}
