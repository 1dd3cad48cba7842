import type { ModelAnswer } from '../model-answer';

interface Traits {
  retryable: boolean;
  spendsAttempt: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  says: string;
  firstRetryMs?: number;
  /** That what it says tells more than the details do. */
  tellsWhy?: true;
}

/** A server that is restarted, or has run out of memory, needs seconds; with doubling, some attempts last for minutes. */
const FAIR_CHANCE_MS = 8_000;

/** What can go wrong with a call: who is to blame, whether asking again can help, and what it costs. */
const TRAITS = {
  /** The provider or our own limits ask us to wait. Waiting is no failure, so it spends no attempt. */
  PROVIDER_THROTTLED: { retryable: true, spendsAttempt: false, logLevel: 'info', says: 'asks to wait' },
  /** No connection came about. Nothing was sent and nothing can have been paid, so waiting for it spends no attempt. */
  PROVIDER_UNREACHABLE: { retryable: true, spendsAttempt: false, logLevel: 'warn', says: 'cannot be reached' },
  /** The server, or what stands before it, says that it cannot answer yet, or not now: it starts up, or is overloaded. */
  PROVIDER_NOT_READY: { retryable: true, spendsAttempt: false, logLevel: 'warn', says: 'is not ready' },
  /** It broke over the call. It may have worked on it, so an attempt is spent; and it may need time to mend. */
  PROVIDER_UNAVAILABLE: {
    retryable: true,
    spendsAttempt: true,
    logLevel: 'warn',
    says: 'is unavailable',
    firstRetryMs: FAIR_CHANCE_MS,
  },
  PROVIDER_TIMEOUT: {
    retryable: true,
    spendsAttempt: true,
    logLevel: 'warn',
    says: 'took too long',
    firstRetryMs: FAIR_CHANCE_MS,
  },
  /** The provider understood and said no: the same request would be refused again. */
  PROVIDER_REFUSED: { retryable: false, spendsAttempt: true, logLevel: 'error', says: 'refused the request' },
  /** The server left out what did not fit into its context window: what it wrote is about something else. */
  PROMPT_CUT: { retryable: false, spendsAttempt: true, logLevel: 'error', says: 'did not read the whole prompt' },
  /** This process was started without what the binding needs; one that is started with it can go on. Nothing was sent. */
  PROVIDER_KEY_MISSING: {
    retryable: true,
    spendsAttempt: false,
    logLevel: 'error',
    says: 'has no API key',
    tellsWhy: true,
  },
  UNKNOWN_PROVIDER: {
    retryable: true,
    spendsAttempt: false,
    logLevel: 'error',
    says: 'is not configured',
    tellsWhy: true,
  },
  UNKNOWN_MODEL: {
    retryable: true,
    spendsAttempt: false,
    logLevel: 'error',
    says: 'is not a model of the provider',
    tellsWhy: true,
  },
  /** The caller's signal fired. Nothing is wrong with the call; whether to make it again is the caller's decision. */
  MODEL_CALL_CANCELLED: { retryable: true, spendsAttempt: false, logLevel: 'debug', says: 'was cancelled' },
} as const satisfies Record<string, Traits>;

export type ModelCallErrorCode = keyof typeof TRAITS;
export const MODEL_CALL_ERROR_CODES = Object.keys(TRAITS) as ModelCallErrorCode[];

/** One call to a model that brought no answer. The message names provider and model and holds no secret. */
export class ModelCallError extends Error {
  readonly provider: string;
  readonly model: string;
  readonly retryable: boolean;
  /** Whether the failure counts against the bounded attempts of a run. */
  readonly spendsAttempt: boolean;
  readonly logLevel: Traits['logLevel'];
  /** How long to leave the provider alone after the first such failure, where that matters, in milliseconds. */
  readonly firstRetryMs?: number;
  /** Whoever waits because of this failure waits for this, as a person is told. */
  readonly waitsFor: string;
  /** How long the provider asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** Private, so that no log shows a whole prompt. */
  #request: ModelAnswer['request'] | undefined;

  /** What was sent; nothing where no call was begun. */
  get request(): ModelAnswer['request'] | undefined {
    return this.#request;
  }

  /** The same failure, with what was sent. */
  withRequest(request: ModelAnswer['request']): this {
    this.#request = request;
    return this;
  }

  constructor(
    readonly code: ModelCallErrorCode,
    binding: { provider: string; model: string },
    detail: string,
    extra: { retryAfterMs?: number; status?: number } = {},
  ) {
    const traits: Traits = TRAITS[code];
    super(`${binding.provider}/${binding.model} ${traits.says}: ${detail}`);
    this.name = 'ModelCallError';
    this.provider = binding.provider;
    this.model = binding.model;
    this.retryable = traits.retryable;
    this.spendsAttempt = traits.spendsAttempt;
    this.logLevel = traits.logLevel;
    this.waitsFor = `${binding.provider}/${binding.model}${traits.tellsWhy ? `, which ${traits.says}` : ''}: ${detail}`;
    if (traits.firstRetryMs !== undefined) this.firstRetryMs = traits.firstRetryMs;
    if (extra.retryAfterMs !== undefined) this.retryAfterMs = extra.retryAfterMs;
    if (extra.status !== undefined) this.status = extra.status;
  }
}
