import type { LanguageModelV3, LanguageModelV3CallOptions } from '@ai-sdk/provider';
import { toStorable } from '../answer/extract-json';
import { systemClock, type Clock } from '../clock';
import type { SharedRedis } from '../limits/minute-budget';
import { ProviderLimits } from '../limits/provider-limits';
import type { ModelBinding, ProvidersFile } from '../providers/providers-file';
import type { Lane, ProviderSettings } from '../providers/providers-file.schema';
import type { ChatMessage, ModelTask, Repair } from '../task/model-task';
import { renderTask } from '../task/render-task';
import { answerFormat, withShapeInPrompt } from './answer-format';
import { buildModel, type RehearsalFactory } from './build-model';
import { costOf } from './cost-of';
import { countTokens, estimateTokens } from './count-tokens';
import { CutPrompts } from './cut-prompts';
import type { ModelAnswer } from './model-answer';
import { ModelCallError, type ModelCallErrorCode } from './failures/model-call.error';
import { promptOf } from './prompt-of';
import { readStream, readWhole, type Reply } from './wire/read-reply';
import { translateFailure } from './failures/translate-failure';
import { aMomentLater } from './wire/a-moment-later';
import { Wire } from './wire/wire';

/** The built-in model has no setting for it: it never needs longer. */
const REHEARSAL_TIMEOUT_SECONDS = 600;

/**
 * Strict schemas must not have optional fields, and hosted APIs refuse those that do for good. We judge every answer
 * ourselves, so the schema is sent as guidance.
 */
const LENIENT = { openai: { strictJsonSchema: false } };

/** What says that a provider has not begun on a call. */
const WAITS: ReadonlySet<ModelCallErrorCode> = new Set([
  'PROVIDER_THROTTLED',
  'PROVIDER_UNREACHABLE',
  'PROVIDER_NOT_READY',
]);

export interface ModelCallRequest<T = unknown> {
  binding: ModelBinding;
  task: ModelTask<T>;
  repair?: Repair;
  /** Ends the call and closes its connection at once. */
  signal: AbortSignal;
  /** Gets a slot of the provider before others that wait for one; for work that was begun before theirs. */
  urgent?: boolean;
  /** Called when the call has its slot, right before it is made. What it throws is thrown, and no call is made. */
  heed?: () => void;
  /**
   * Is handed the answer; the call keeps its slot until what this returns has settled. So what has been paid for and is not
   * safe yet is at no time more than the provider has slots.
   */
  record?: (answer: ModelAnswer) => Promise<unknown>;
}

/** What a provider is doing in this process right now, for gauges. */
export interface ProviderLoad {
  provider: string;
  lane: Lane;
  inFlight: number;
  queued: number;
}

/** Makes one call to a model: no retry, no repair, no opinion on the answer. */
export class ModelClient {
  private readonly wire = new Wire();
  private readonly limits = new Map<string, ProviderLimits>();
  private readonly models = new Map<string, LanguageModelV3>();
  private readonly prompts = new Map<string, CutPrompts>();

  constructor(
    private readonly providers: ProvidersFile,
    private readonly rehearsal: RehearsalFactory,
    private readonly shared: SharedRedis | undefined,
    private readonly clock: Clock = systemClock,
  ) {}

  /** What is known of models before anybody asks for one. */
  get bindings(): ModelBinding[] {
    return this.providers.bindings;
  }

  /** What of a binding is not known here, if anything. */
  problemOf({ provider, model }: ModelBinding): 'provider' | 'model' | undefined {
    const settings = this.providers.get(provider);
    if (settings === undefined) return 'provider';
    return settings.models?.includes(model) === false ? 'model' : undefined;
  }

  /**
   * @returns The answer as the model gave it; `judgeAnswer` says whether it can be used.
   * @throws ModelCallError, always; its code says what happened and its traits what to do about it.
   */
  async call<T>(request: ModelCallRequest<T>): Promise<ModelAnswer> {
    const { binding, task, signal, urgent } = request;
    const settings = this.providers.require(binding);
    const model = this.modelOf(binding);
    const limits = this.limitsOf(binding.provider, settings);
    const format = answerFormat(task, settings);
    const messages = withShapeInPrompt(renderTask(task, request.repair), format.inPrompt);
    const promptTokens = estimateTokens(lengthOf(messages));
    const temperature = settings.kind === 'rehearsal' || settings.temperature ? task.temperature : undefined;
    const maxOutputTokens = task.maxOutputTokens + (settings.kind === 'rehearsal' ? 0 : settings.thinkingTokens);
    const sent = { messages, maxOutputTokens, temperature, responseFormat: format.recorded };
    const expectedTokens = promptTokens + maxOutputTokens;
    let tokensUsed = expectedTokens;
    let safe: Promise<unknown> = Promise.resolve();

    const queuedAt = performance.now();
    const permit = await limits.acquire(binding, expectedTokens, signal, urgent).catch((error: unknown) => {
      throw signal.aborted ? cancelled(binding) : error;
    });
    try {
      tokensUsed = 0;
      request.heed?.();
      tokensUsed = expectedTokens;
      const startedAt = performance.now();
      const reply = await this.ask(model, binding, settings, signal, {
        prompt: promptOf(messages, settings),
        maxOutputTokens,
        temperature,
        responseFormat: format.sdk,
        providerOptions: LENIENT,
      });
      const latencyMs = performance.now() - startedAt;
      const text = toStorable(reply.text);
      const { usage, ...estimated } = countTokens(reply, promptTokens);
      tokensUsed = usage.inputTokens + usage.outputTokens;
      if (estimated.usageEstimated !== true) this.heedWindow(binding, messages, usage.inputTokens);
      const answer: ModelAnswer = {
        text,
        request: sent,
        response: { text, finishReason: reply.finishReason, modelId: reply.modelId },
        usage,
        ...estimated,
        ...costOf(settings, binding.model, usage),
        latencyMs,
        queuedMs: startedAt - queuedAt,
        provider: binding.provider,
        model: binding.model,
        lane: settings.lane,
      };
      if (request.record !== undefined) safe = request.record(answer);
      return answer;
    } catch (error) {
      if (error instanceof ModelCallError) {
        // Whoever asks to be left alone is asked by nobody else meanwhile, and none of these has worked on anything.
        if (WAITS.has(error.code)) {
          limits.backOff(binding, error.retryAfterMs ?? 0);
          tokensUsed = 0;
        } else error.withRequest(sent);
      }
      throw error;
    } finally {
      const release = (): void => permit.release(tokensUsed);
      safe.then(release, release);
    }
  }

  /** Calls in flight (asked and not yet recorded) and waiting, for every provider used so far. */
  load(): ProviderLoad[] {
    return [...this.limits].map(([provider, { slots }]) => {
      const lane = this.providers.get(provider)!.lane;
      return { provider, lane, inFlight: slots.inUse, queued: slots.queued };
    });
  }

  /** Drops idle connections and gives back its slots; calls in flight are ended by their own signals. */
  close(): void {
    for (const limits of this.limits.values()) limits.close();
    this.wire.close();
  }

  private async ask(
    model: LanguageModelV3,
    binding: ModelBinding,
    settings: ProviderSettings,
    signal: AbortSignal,
    options: LanguageModelV3CallOptions,
  ): Promise<Reply> {
    const seconds = settings.kind === 'rehearsal' ? REHEARSAL_TIMEOUT_SECONDS : settings.timeoutSeconds;
    const streamed = settings.kind !== 'rehearsal' && settings.stream;
    const stop = new AbortController();
    const onAbort = (): void => stop.abort();
    if (signal.aborted) throw cancelled(binding);
    signal.addEventListener('abort', onAbort, { once: true });
    let stopWaiting = (): void => undefined;
    const timer = setTimeout(() => (stopWaiting = aMomentLater(() => stop.abort())), seconds * 1000);
    // Raced, because a model that does not heed the signal must not keep the caller.
    const stopped = new Promise<never>((_, reject) => {
      stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error), { once: true });
    });
    try {
      const heeding = { ...options, abortSignal: stop.signal };
      return await Promise.race([streamed ? readStream(model, heeding) : readWhole(model, heeding), stopped]);
    } catch (error) {
      if (signal.aborted) throw cancelled(binding);
      if (stop.signal.aborted)
        throw new ModelCallError('PROVIDER_TIMEOUT', binding, `no answer within ${seconds} s (timeoutSeconds)`);
      const secret = this.providers.apiKey(binding);
      throw translateFailure(error, binding, { nowMs: this.clock.now(), secret });
    } finally {
      clearTimeout(timer);
      stopWaiting();
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** @throws ModelCallError PROMPT_CUT */
  private heedWindow(binding: ModelBinding, messages: ChatMessage[], tokens: number): void {
    const key = keyOf(binding);
    const prompts = this.prompts.get(key) ?? new CutPrompts();
    this.prompts.set(key, prompts);
    const characters = lengthOf(messages);
    if (!prompts.isCut(characters, tokens)) return;
    const read = `it counted ${tokens} tokens in prompts of different lengths, this one of ${characters} characters`;
    const needed = `about ${estimateTokens(characters)} tokens and the answer`;
    throw new ModelCallError('PROMPT_CUT', binding, `${read}; give it a context window with room for ${needed}`);
  }

  private modelOf(binding: ModelBinding): LanguageModelV3 {
    const key = keyOf(binding);
    let model = this.models.get(key);
    if (model === undefined) {
      model = buildModel(this.providers, binding, this.wire, this.rehearsal);
      this.models.set(key, model);
    }
    return model;
  }

  private limitsOf(name: string, settings: ProviderSettings): ProviderLimits {
    let limits = this.limits.get(name);
    if (limits === undefined) {
      limits = new ProviderLimits(name, settings, this.shared, this.clock);
      this.limits.set(name, limits);
    }
    return limits;
  }
}

const keyOf = ({ provider, model }: ModelBinding): string => `${provider}/${model}`;

const lengthOf = (messages: ChatMessage[]): number => messages.reduce((sum, { content }) => sum + content.length, 0);

function cancelled(binding: ModelBinding): ModelCallError {
  return new ModelCallError('MODEL_CALL_CANCELLED', binding, 'the caller stopped waiting');
}
