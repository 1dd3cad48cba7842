import { setTimeout as sleep } from 'node:timers/promises';
import type { ManagedChild } from '../processes/managed-child';

/** Why waiting ended: the process answers, it ended first, or the time was up. */
export type Readiness = 'ready' | 'exited' | 'late';

/** Asks `probe` every `everyMs` until it says yes, the process ends, or `withinMs` have passed. */
export async function waitUntilReady(
  child: ManagedChild,
  probe: () => Promise<boolean>,
  withinMs: number,
  everyMs = 25,
): Promise<Readiness> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (!child.running) return 'exited';
    const answer = await Promise.race([probe().catch(() => false), child.exited.then(() => false)]);
    if (answer && child.running) return 'ready';
    if (!child.running) return 'exited';
    await sleep(everyMs);
  }
  return 'late';
}
