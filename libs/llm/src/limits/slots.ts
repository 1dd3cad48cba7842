/**
 * A counting semaphore: first come, first served, those that are urgent before the others, and whoever stops waiting leaves
 * the queue.
 */
export class Slots {
  private free: number;
  // Sets keep the order of arrival and let a waiter leave from the middle without a search.
  private readonly urgent = new Set<() => void>();
  private readonly waiting = new Set<() => void>();

  constructor(readonly size: number) {
    this.free = size;
  }

  get inUse(): number {
    return this.size - this.free;
  }

  get queued(): number {
    return this.urgent.size + this.waiting.size;
  }

  /** Resolves when a slot is ours; rejects with the signal's reason when it fires first. */
  async acquire(signal: AbortSignal, urgent = false): Promise<void> {
    signal.throwIfAborted();
    if (this.free > 0) {
      this.free--;
      return;
    }
    const queue = urgent ? this.urgent : this.waiting;
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        queue.delete(enter);
        reject(signal.reason as Error);
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.add(enter);
    });
  }

  /** Gives the slot to the one who has waited longest, among the urgent if there are any. */
  release(): void {
    const queue = this.urgent.size > 0 ? this.urgent : this.waiting;
    const [next] = queue;
    if (next === undefined) {
      this.free++;
      return;
    }
    queue.delete(next);
    next();
  }
}
