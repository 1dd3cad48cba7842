import { ModelCallError } from '../client/failures/model-call.error';
import type { Clock } from '../clock';
import type { ModelBinding } from '../providers/providers-file';
import type { ProviderSettings } from '../providers/providers-file.schema';
import { MinuteBudget, type SharedRedis, type Taken } from './minute-budget';
import { ShareOfSlots } from './share-of-slots';
import { Slots } from './slots';

/** Longer waits for a rate limit are handed back to the run, which gives its worker to somebody else meanwhile. */
export const MAX_RATE_WAIT_MS = 20_000;

/** Permission for one call; give it back exactly once, with the tokens it really took. */
export interface CallPermit {
  release(tokensUsed: number): void;
}

/** What one provider allows, over all processes: calls at once, and requests and tokens a minute. */
export class ProviderLimits {
  readonly slots: Slots;
  private readonly share: ShareOfSlots | undefined;
  private readonly requests: MinuteBudget | undefined;
  private readonly tokens: MinuteBudget | undefined;
  /** Until when each model is left alone: hosted ones are limited one by one, and one that is being loaded is no other's matter. */
  private readonly quietUntilMs = new Map<string, number>();

  constructor(
    name: string,
    settings: Pick<ProviderSettings, 'kind' | 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute'>,
    shared: SharedRedis | undefined,
    private readonly clock: Clock,
  ) {
    const budget = (unit: string, points: number | undefined): MinuteBudget | undefined =>
      points === undefined ? undefined : new MinuteBudget(`${name}:${unit}`, points, shared, () => clock.now());
    // What is built in is there for each process anew.
    const isShared = shared !== undefined && settings.kind !== 'rehearsal';
    this.slots = new Slots(isShared ? 0 : settings.concurrency);
    this.share = isShared ? new ShareOfSlots(this.slots, name, settings.concurrency, shared) : undefined;
    this.requests = budget('requests', settings.requestsPerMinute);
    this.tokens = budget('tokens', settings.tokensPerMinute);
  }

  /**
   * Waits for a slot and then for room in the minute; rejects with the signal's reason when it fires first. The time of a
   * holder is bounded but for what keeps its answer from being recorded: while nothing can be, nothing new is asked.
   * @param tokens What the call is expected to take, prompt and answer.
   * @param urgent Whether it gets a slot before others that wait.
   * @throws ModelCallError PROVIDER_THROTTLED when the wait for the minute would exceed `MAX_RATE_WAIT_MS`.
   */
  async acquire(binding: ModelBinding, tokens: number, signal: AbortSignal, urgent = false): Promise<CallPermit> {
    const entered = this.slots.acquire(signal, urgent);
    this.share?.look();
    await entered;
    let request: Taken | undefined;
    try {
      const patience = new Patience(binding, this.clock, signal);
      for (let wait = this.quietMs(binding); wait > 0; wait = this.quietMs(binding))
        await patience.wait(wait, 'the provider asked to wait');
      request = await take(this.requests, 1, patience, 'its requests per minute are used up');
      const reserved = await take(this.tokens, tokens, patience, 'its tokens per minute are used up');
      return {
        release: (used) => {
          this.leave();
          if (reserved !== undefined) void this.tokens?.settle(reserved, used);
        },
      };
    } catch (error) {
      this.leave();
      if (request !== undefined) await this.requests?.settle(request, 0);
      throw error;
    }
  }

  /** The provider said 429: nobody in this process asks it for that model again before that time is over. */
  backOff({ model }: ModelBinding, retryAfterMs: number): void {
    this.quietUntilMs.set(model, Math.max(this.quietUntilMs.get(model) ?? 0, this.clock.now() + retryAfterMs));
  }

  /** Gives back at once what others may use. */
  close(): void {
    this.share?.close();
  }

  private leave(): void {
    this.slots.release();
    this.share?.look();
  }

  private quietMs({ model }: ModelBinding): number {
    return (this.quietUntilMs.get(model) ?? 0) - this.clock.now();
  }
}

async function take(
  budget: MinuteBudget | undefined,
  points: number,
  patience: Patience,
  why: string,
): Promise<Taken | undefined> {
  if (budget === undefined) return undefined;
  for (;;) {
    const taken = await budget.take(points);
    if (!('waitMs' in taken)) return taken;
    await patience.wait(taken.waitMs, why);
  }
}

/** How long one call still waits: bounded over all its waits together, so that nobody starves in a loop. */
class Patience {
  private readonly deadlineMs: number;

  constructor(
    private readonly binding: ModelBinding,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {
    this.deadlineMs = clock.now() + MAX_RATE_WAIT_MS;
  }

  async wait(ms: number, why: string): Promise<void> {
    if (this.clock.now() + ms > this.deadlineMs) {
      const until = new Date(this.clock.now() + ms).toISOString().slice(0, 19);
      const detail = `not before ${until}Z, because ${why}`;
      throw new ModelCallError('PROVIDER_THROTTLED', this.binding, detail, { retryAfterMs: ms });
    }
    await this.clock.sleep(ms, this.signal);
  }
}
