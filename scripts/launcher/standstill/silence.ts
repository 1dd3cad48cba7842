import { formatDuration, someOf } from '../screen/format';
import type { PlanState } from '../plans/plan-state';

/** A model may think for as long as its provider's `timeoutSeconds`; whoever looks on wonders sooner. */
const WORTH_TELLING_MS = 60_000;

/** For how long nothing has been heard of a plan's models, as its figures tell it. */
export class Silence {
  private heard = '';
  private sinceMs = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** A line once it has lasted; nothing while models answer, or where nothing is under way. */
  look({ progress, calls, words }: PlanState): string | undefined {
    const heard = JSON.stringify([calls, words, progress.map(({ done, calls: made }) => [done, made])]);
    if (heard !== this.heard) this.sinceMs = this.now();
    this.heard = heard;
    const asking = progress.filter(({ running }) => running > 0).map(({ phase }) => phase);
    const lastedMs = this.now() - this.sinceMs;
    if (asking.length === 0 || lastedMs < WORTH_TELLING_MS) return undefined;
    const who = someOf(asking);
    return `${who}: no answer of a model for ${formatDuration(lastedMs)}; a call may take as long as its provider's timeoutSeconds`;
  }
}
