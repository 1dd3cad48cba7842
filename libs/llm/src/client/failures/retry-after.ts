/** A provider may ask for a day; a run looks again sooner, in case a person has raised the quota meanwhile. */
export const MAX_RETRY_AFTER_MS = 15 * 60_000;
/** A 429 that says nothing about when. */
export const DEFAULT_RETRY_AFTER_MS = 2_000;

type Headers = Readonly<Record<string, string | undefined>>;

/** Gemini; OpenRouter, as the moment; and those who say it in a sentence, such as OpenAI: "try again in 1m30.5s". */
const DELAY = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?s)"/;
const RESET_AT = /"x-ratelimit-reset"\s*:\s*"?(\d{13})\b/i;
const SENTENCE = /\b(?:try again|retry) in ((?:\d+(?:\.\d+)?(?:ms|[hms]))+)/i;
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * When a provider wants to be asked again, in milliseconds from `nowMs`: `retry-after-ms`, then `Retry-After` as
 * seconds or as an HTTP date, then what it says of it in its answer. Capped at `MAX_RETRY_AFTER_MS`; undefined when it did
 * not say or said nonsense.
 */
export function readRetryAfter(headers: Headers | undefined, nowMs: number, body = ''): number | undefined {
  const waitMs =
    milliseconds(headers?.['retry-after-ms']) ??
    secondsOrDate(headers?.['retry-after'], nowMs) ??
    fromWords(body, nowMs);
  return waitMs === undefined ? undefined : Math.min(Math.max(Math.ceil(waitMs), 0), MAX_RETRY_AFTER_MS);
}

function milliseconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function secondsOrDate(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = milliseconds(text);
  if (seconds !== undefined) return seconds * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at - nowMs;
}

function fromWords(body: string, nowMs: number): number | undefined {
  const resetAt = RESET_AT.exec(body)?.[1];
  if (resetAt !== undefined) return Number(resetAt) - nowMs;
  const delay = (DELAY.exec(body) ?? SENTENCE.exec(body))?.[1];
  if (delay === undefined) return undefined;
  const parts = [...delay.toLowerCase().matchAll(/([\d.]+)(ms|[hms])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS_MS[unit!]!, 0);
}
