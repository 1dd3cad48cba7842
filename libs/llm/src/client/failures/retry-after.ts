/** A provider may ask for a day; a run looks again sooner, in case a person has raised the quota meanwhile. */
export const MAX_RETRY_AFTER_MS = 15 * 60_000;
/** A 429 that says nothing about when. */
export const DEFAULT_RETRY_AFTER_MS = 2_000;

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * When a provider wants to be asked again, in milliseconds from `nowMs`: `retry-after-ms`, then `Retry-After` as
 * seconds or as an HTTP date. Capped at `MAX_RETRY_AFTER_MS`; undefined when it did not say or said nonsense.
 */
export function readRetryAfter(headers: Headers | undefined, nowMs: number): number | undefined {
  const waitMs = milliseconds(headers?.['retry-after-ms']) ?? secondsOrDate(headers?.['retry-after'], nowMs);
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
