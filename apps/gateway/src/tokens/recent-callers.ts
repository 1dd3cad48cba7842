import type { CallerIdentity } from '../access/caller';

interface Entry {
  caller: CallerIdentity;
  until: number;
}

/**
 * Tokens found good a moment ago, so that a busy client does not cost a query per request. Only good ones, and only for
 * seconds: a revoked token works no longer than that.
 */
export class RecentCallers {
  private readonly entries = new Map<string, Entry>();
  /** Goes up whenever everything is forgotten: what was asked for before that is not remembered after it. */
  era = 0;

  constructor(
    private readonly lifeMs: number,
    private readonly capacity: number,
    private readonly now: () => number = Date.now,
  ) {}

  get(hash: string): CallerIdentity | undefined {
    const entry = this.entries.get(hash);
    if (entry === undefined) return undefined;
    this.entries.delete(hash);
    if (entry.until <= this.now()) return undefined;
    // Put back last: the first of the map is the one longest unused.
    this.entries.set(hash, entry);
    return entry.caller;
  }

  set(hash: string, caller: CallerIdentity, notAfter: Date | null, era = this.era): void {
    if (era !== this.era) return;
    const until = Math.min(this.now() + this.lifeMs, notAfter?.getTime() ?? Infinity);
    this.entries.set(hash, { caller, until });
    if (this.entries.size <= this.capacity) return;
    const oldest = this.entries.keys().next();
    if (oldest.done !== true) this.entries.delete(oldest.value);
  }

  forget(): void {
    this.era += 1;
    this.entries.clear();
  }
}
