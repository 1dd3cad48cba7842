interface Pending<I, O> {
  item: I;
  resolve: (outcome: O | PromiseLike<O>) => void;
  reject: (error: unknown) => void;
}

export interface BatcherOptions {
  /** Most items of one flush. */
  maxItems: number;
  /** Flushes at once; the next items wait and make the next batch larger. */
  maxFlushes: number;
}

/**
 * Gathers what comes in within a tick, and while earlier flushes are under way, into one flush: one commit for many
 * writers. `flush` answers one outcome per item (or a promise of it), in order; when it throws, each of its items is
 * refused with that error.
 */
export class Batcher<I, O> {
  private waiting: Pending<I, O>[] = [];
  private flushes = 0;
  private scheduled = false;
  private idleWaiters: (() => void)[] = [];

  constructor(
    private readonly flush: (items: I[]) => Promise<(O | PromiseLike<O>)[]>,
    private readonly options: BatcherOptions = { maxItems: 256, maxFlushes: 1 },
  ) {}

  /** Items not yet flushed. */
  get size(): number {
    return this.waiting.length;
  }

  add(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    if (this.waiting.length === 0 && this.flushes === 0) return;
    await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0 || this.flushes >= this.options.maxFlushes) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.run(this.waiting.splice(0, this.options.maxItems));
    });
  }

  private async run(batch: Pending<I, O>[]): Promise<void> {
    this.flushes += 1;
    this.schedule();
    try {
      const outcomes = await this.flush(batch.map((pending) => pending.item));
      batch.forEach((pending, index) => pending.resolve(outcomes[index] as O | PromiseLike<O>));
    } catch (error) {
      for (const pending of batch) pending.reject(error);
    } finally {
      this.flushes -= 1;
      this.schedule();
      if (this.waiting.length === 0 && this.flushes === 0) for (const resolve of this.idleWaiters.splice(0)) resolve();
    }
  }
}
