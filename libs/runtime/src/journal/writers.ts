import { Batcher } from '@fiction/platform';

const BATCH = { maxItems: 128, maxFlushes: 1 };

/**
 * The journal's two writers, so that an answer does not wait behind what the ends of other runs do to other tables. What one
 * run hands in stays in order: while something of it is under way, what follows goes to the same writer.
 */
export class Writers<I, O> {
  private readonly plain: Batcher<I, O>;
  private readonly effects: Batcher<I, O>;
  private readonly underWay = new Map<string, { writer: Batcher<I, O>; items: number }>();

  constructor(flush: (items: I[]) => Promise<(O | PromiseLike<O>)[]>) {
    this.plain = new Batcher(flush, BATCH);
    this.effects = new Batcher(flush, BATCH);
  }

  /** @param hasEffects whether it takes more than the record's own statement */
  async add(runId: string, item: I, hasEffects: boolean): Promise<O> {
    const run = this.underWay.get(runId) ?? { writer: hasEffects ? this.effects : this.plain, items: 0 };
    this.underWay.set(runId, run);
    run.items += 1;
    try {
      return await run.writer.add(item);
    } finally {
      run.items -= 1;
      if (run.items === 0) this.underWay.delete(runId);
    }
  }

  /** Resolves once nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all([this.plain.idle(), this.effects.idle()]);
  }
}
