import { detailsSchema, DomainError, type Details } from '@fiction/contracts';
import { isConflict, isUnavailable } from '@fiction/platform';
import { DrainingError, RunBlockedError, StaleAttemptError } from './errors';

/** Attempts that may fail before the run does. */
export const MAX_FAILURES = 5;
/** Times a run may wait (for a rate limit, a provider that is away or not ready, or a service) before it fails. */
export const MAX_PAUSES = 200;
/** Workers a run may take with it before it is taken for the cause. */
export const MAX_LOSSES = 25;

/** What another service answers when all it needs is time. */
const NOT_YET = new Set(['SERVICE_UNAVAILABLE', 'BRANCH_NOT_READY']);

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;
/** Runs that failed of one thing do not come back all at once: up to this share of a wait is added to it. */
const JITTER = 0.25;

/** What is to become of an attempt that threw. `news` is what people are told of a retry; `waits`: it is for a provider. */
export type Verdict =
  | { kind: 'stale' }
  | { kind: 'release' }
  | { kind: 'blocked'; message: string; details: Details }
  | {
      kind: 'retry';
      spends: 'failure' | 'pause';
      delayMs: number;
      code: string;
      message: string;
      news: string;
      waits: boolean;
    }
  | { kind: 'failed'; code: string; message: string; details: Details };

interface Traits {
  code?: unknown;
  retryable?: unknown;
  spendsAttempt?: unknown;
  retryAfterMs?: unknown;
  firstRetryMs?: unknown;
  waitsFor?: unknown;
  details?: unknown;
}

/**
 * Decides by the error's own traits: `code`, `retryable`, `spendsAttempt`, `retryAfterMs`, `firstRetryMs`, `waitsFor`.
 * @param random from 0 to 1: how much of the jitter a wait gets
 */
export function judgeFailure(
  error: unknown,
  spent: { failures: number; pauses: number },
  random: () => number = Math.random,
): Verdict {
  if (error instanceof StaleAttemptError) return { kind: 'stale' };
  if (error instanceof DrainingError) return { kind: 'release' };
  if (error instanceof RunBlockedError) return { kind: 'blocked', message: error.message, details: error.details };

  const traits = (typeof error === 'object' && error !== null ? error : {}) as Traits;
  const code = typeof traits.code === 'string' ? traits.code : 'INTERNAL_ERROR';
  const message = error instanceof Error ? error.message : String(error);
  // Errors come from anywhere; only what an event can carry is told.
  const details = detailsSchema.safeParse(traits.details).data ?? {};
  if (!isRetryable(error, traits)) return { kind: 'failed', code, message, details };

  const retryAfterMs = typeof traits.retryAfterMs === 'number' ? traits.retryAfterMs : 0;
  const spends = spendsAttempt(error, traits) ? 'failure' : 'pause';
  const used = spends === 'failure' ? spent.failures + 1 : spent.pauses + 1;
  const most = spends === 'failure' ? MAX_FAILURES : MAX_PAUSES;
  if (used >= most) {
    const tries = spends === 'failure' ? `${used} attempts` : `${used} waits`;
    return { kind: 'failed', code, message: `${message} (gave up after ${tries})`, details };
  }
  // Whoever says "at once", again and again, would use up the bound in a moment: asking again waits longer every time.
  const firstMs = typeof traits.firstRetryMs === 'number' ? traits.firstRetryMs : FIRST_RETRY_MS;
  const delayMs = Math.max(retryAfterMs, Math.round(backoffMs(used, firstMs) * (1 + JITTER * random())));
  const { waitsFor } = traits;
  const waits = typeof waitsFor === 'string';
  const news = spends === 'pause' && waits ? `waits for ${waitsFor}` : message;
  return { kind: 'retry', spends, delayMs, code, message, news, waits };
}

/** Doubles with every use, up to a bound. */
export function backoffMs(used: number, firstMs = FIRST_RETRY_MS): number {
  return Math.min(LONGEST_RETRY_MS, firstMs * 2 ** Math.min(used - 1, 12));
}

function isRetryable(error: unknown, traits: Traits): boolean {
  if (typeof traits.retryable === 'boolean') return traits.retryable;
  // What another service refused it will refuse again; what failed there (5xx) may pass.
  if (error instanceof DomainError) return error.status >= 500;
  return true;
}

function spendsAttempt(error: unknown, traits: Traits): boolean {
  if (typeof traits.spendsAttempt === 'boolean') return traits.spendsAttempt;
  if (isUnavailable(error) || isConflict(error)) return false;
  return !(error instanceof DomainError && NOT_YET.has(error.code));
}
