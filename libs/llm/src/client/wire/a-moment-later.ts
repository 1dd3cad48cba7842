/**
 * A process that stood still, as with a frozen machine, finds its timers due before it reads what has come meanwhile. So
 * nothing is given up when its time is over, but this much later, in milliseconds.
 */
const MOMENT_MS = 250;

/**
 * Calls `giveUp` a moment from now.
 * @returns to be called when there is nothing to give up any more
 */
export function aMomentLater(giveUp: () => void): () => void {
  const timer = setTimeout(giveUp, MOMENT_MS);
  return () => clearTimeout(timer);
}
