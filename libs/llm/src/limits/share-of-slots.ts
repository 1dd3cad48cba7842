import { randomUUID } from 'node:crypto';
import type { SharedRedis } from './minute-budget';
import { SHARE_OUT } from './share-out.script';
import type { Slots } from './slots';

/** How often a process that uses slots says so. */
const HEARTBEAT_MS = 250;
/** Who has not said so for this long is gone, and what it had is free. */
const GONE_AFTER_MS = 1_000;
/** How soon a process asks again that waits for a slot of others, or has one that it does not use. */
const SOON_MS = 100;
/** A Redis that takes longer is away. */
const PATIENCE_MS = 1_000;

/**
 * So many of a provider's slots as this process may use now. Processes share them through Redis: each says four times a second how
 * many it wants and has in use, and sooner when that changes; a call that finds a free slot asks nobody. While
 * Redis is away each has all of them, since nothing may stand still for its sake. A share that is cut takes effect when calls
 * end, and its slots count as used until then.
 */
export class ShareOfSlots {
  private readonly id = randomUUID();
  private readonly key: string;
  private timer: NodeJS.Timeout | undefined;
  private dueMs = Infinity;
  private asking = false;
  private closed = false;
  private refused = false;
  private away = false;
  /** Most that was wanted since the last question. */
  private peak = 0;
  /** What the others believe that is used here. */
  private held = 0;

  constructor(
    private readonly slots: Slots,
    private readonly provider: string,
    private readonly total: number,
    private readonly shared: SharedRedis,
  ) {
    this.key = `${shared.prefix}:llm:slots:${provider}`;
  }

  /** Something has come to wait, or has ended. */
  look(): void {
    if (this.asking || this.closed) return;
    const { inUse, queued, size } = this.slots;
    const wanted = Math.min(this.total, inUse + queued);
    this.peak = Math.max(this.peak, wanted);
    // Also those that it has only because Redis is away: whoever begins again asks first.
    if (wanted === 0 && this.held === 0) this.slots.resize(0);
    else if (wanted === 0 || Math.max(size, inUse) < this.held) this.askIn(0);
    else if (size < wanted) this.askIn(this.refused ? SOON_MS : 0);
    else this.askIn(wanted < size ? SOON_MS : HEARTBEAT_MS);
  }

  /** What is used goes on; who asks meanwhile gets what is left of it. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    const { redis } = this.shared;
    if (redis.status === 'ready') redis.hdel(this.key, this.id).catch(() => undefined);
  }

  private askIn(ms: number): void {
    const dueMs = performance.now() + ms;
    if (this.dueMs <= dueMs) return;
    clearTimeout(this.timer);
    this.dueMs = dueMs;
    this.timer = setTimeout(() => void this.ask(), ms).unref();
  }

  private async ask(): Promise<void> {
    this.dueMs = Infinity;
    if (this.closed) return;
    this.asking = true;
    const { inUse, queued } = this.slots;
    const wanted = inUse + queued === 0 ? 0 : Math.max(this.peak, Math.min(this.total, inUse + queued));
    this.peak = 0;
    // Nobody enters between the question and its answer, or others would count on what is taken; unless there may be no answer.
    if (!this.away) this.slots.resize(Math.min(this.slots.size, inUse));
    const granted = await this.granted(wanted, inUse).then(this.tellShared, this.tellAway);
    this.refused = granted !== undefined && granted < wanted;
    this.held = granted === undefined ? 0 : Math.max(granted, inUse);
    this.asking = false;
    if (!this.closed) this.slots.resize(granted ?? this.total);
    this.look();
  }

  private readonly tellShared = (granted: number): number => {
    if (this.away) this.shared.log.log(`Processes share the slots of provider ${this.provider} again`);
    this.away = false;
    return granted;
  };

  private readonly tellAway = (error: unknown): undefined => {
    const { provider, total } = this;
    if (!this.away) {
      const consequence = `until Redis answers, each process may have ${total} calls to it in flight`;
      this.shared.log.warn(
        `Processes cannot share the slots of provider ${provider}: ${String(error)}; ${consequence}`,
      );
    }
    this.away = true;
  };

  private async granted(wanted: number, inUse: number): Promise<number> {
    const { redis } = this.shared;
    if (redis.status !== 'ready') throw new Error('Redis cannot be reached');
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Redis does not answer')), PATIENCE_MS);
    });
    const answer = redis.eval(SHARE_OUT, 1, this.key, this.id, this.total, wanted, inUse, GONE_AFTER_MS);
    return Number(await Promise.race([answer, tooLong]).finally(() => clearTimeout(timer)));
  }
}
