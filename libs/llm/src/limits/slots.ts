/**
 * A counting semaphore: first come, first served, those that are urgent before the others, and whoever stops waiting leaves
 * the queue.
 */
export class Slots {
  /** Less than none when there are fewer slots than are in use. */
  private free: number;
  private count: number;
  // Sets keep the order of arrival and let a waiter leave from the middle without a search.
  private readonly urgent = new Set<() => void>();
  private readonly waiting = new Set<() => void>();

  constructor(size: number) {
    this.free = size;
    this.count = size;
  }

  get size(): number {
    return this.count;
  }

  get inUse(): number {
    return this.count - this.free;
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
    this.free++;
    this.letIn();
  }

  /** From now on there are so many slots. Who has one keeps it, even if there are fewer. */
  resize(size: number): void {
    this.free += size - this.count;
    this.count = size;
    this.letIn();
  }

  private letIn(): void {
    while (this.free > 0 && this.queued > 0) {
      const queue = this.urgent.size > 0 ? this.urgent : this.waiting;
      const [next] = queue;
      queue.delete(next!);
      this.free--;
      next!();
    }
  }
}
