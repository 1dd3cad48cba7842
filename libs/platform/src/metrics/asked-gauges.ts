import type { Gauge } from 'prom-client';
import { within } from '../bootstrap/within';

/** Whoever reads the metrics waits no longer than this for what has to be asked for, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;

export interface AskedGauges {
  /** All that one answer sets. */
  gauges: () => Gauge[];
  /** Asks, and sets the gauges. */
  ask: () => Promise<void>;
  /** Is told, for the log, why nothing is known. */
  onUnknown: (reason: string) => void;
}

/**
 * Makes the `collect` of gauges whose values have to be asked for. There is one question at a time, however many gauges and
 * readers there are, and nobody waits for long: all other metrics come with these, and matter most when the database is away.
 * While nothing is known nothing is shown, since an old value would be taken for what is.
 */
export function whenAsked({ gauges, ask, onUnknown }: AskedGauges, withinMs = ANSWER_WITHIN_MS): () => Promise<void> {
  let asking: Promise<void> | undefined;
  return async () => {
    asking ??= ask().finally(() => (asking = undefined));
    try {
      const known = await within(
        withinMs,
        asking.then(() => true),
      );
      if (known === true) return;
      onUnknown(`no answer within ${withinMs} ms`);
    } catch (error) {
      onUnknown(String(error));
    }
    for (const gauge of gauges()) gauge.reset();
  };
}
