import type { SpendLimit, Usage } from '@fiction/contracts';
import { BudgetSpentError } from './errors';

/** Sums of dollars are not exact; what lies below this is no spending. */
const NOTHING_USD = 1e-9;

/** What one run may spend on its model, and the calls that are open. A call that is open ends and counts: it is paid for. */
export class Spending {
  private readonly open = new Set<Promise<unknown>>();
  private stopped = false;

  constructor(private readonly limit: SpendLimit | undefined) {}

  /** No further call is begun. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Before each call.
   * @param spent by the run, over all of its attempts
   * @throws BudgetSpentError
   */
  heed(spent: Usage): void {
    if (this.stopped || this.isOver(spent)) throw new BudgetSpentError();
  }

  /** Makes a call, which `callsEnd` waits for. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    const calling = call();
    this.open.add(calling);
    try {
      return await calling;
    } finally {
      this.open.delete(calling);
    }
  }

  /** Once no call is open. How they end is the matter of whoever has made them. */
  async callsEnd(): Promise<void> {
    while (this.open.size > 0) await Promise.allSettled(this.open);
  }

  private isOver({ costUsd, inputTokens, outputTokens }: Usage): boolean {
    const { usd = null, tokens = null } = this.limit ?? {};
    return (usd !== null && costUsd > usd + NOTHING_USD) || (tokens !== null && inputTokens + outputTokens > tokens);
  }
}
