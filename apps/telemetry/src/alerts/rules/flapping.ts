import { waitTold, type RunEvent } from '@fiction/contracts';
import { gone, seen, type Sighting } from '../sighting';
import type { TroubledRun } from './troubled-run';

export interface FlapLimits {
  flapChanges: number;
  flapMinutes: number;
}

/**
 * flapping: every change beyond the limit is another sighting. That a run waits for its provider, and tries again, is no
 * change: it is where it was, and `provider-refusing` tells of it.
 */
export function takeChange(run: TroubledRun, event: RunEvent, nowMs: number, limits: FlapLimits): Sighting[] {
  const calmed = takeCalm(run, nowMs, limits);
  const triesAgain = run.waits === true && event.status === 'Started';
  run.waits = waitTold(event) === true;
  if (run.waits || triesAgain) return calmed;
  run.changesMs = [...run.changesMs, Date.parse(event.occurredAt)]
    .sort((one, other) => one - other)
    .slice(-(limits.flapChanges + 1));
  const lately = run.changesMs.filter((changeMs) => changeMs > nowMs - windowMs(limits)).length;
  if (lately <= limits.flapChanges) return calmed;
  run.flapping = true;
  return [
    ...calmed,
    seen({
      rule: 'flapping',
      cause: run.runId,
      severity: 'warning',
      planId: run.planId,
      branch: run.branch,
      itemIds: [run.itemId],
      message: `${run.runId} has changed its status more than ${limits.flapChanges} times in ${limits.flapMinutes} minutes, last to ${event.status}: ${event.message}`,
      details: { runId: run.runId, attempt: event.attempt, status: event.status },
    }),
  ];
}

/** When less than half as many changes as are allowed will lie within the window, if nothing more happens. */
export function calmAtMs(run: TroubledRun, limits: FlapLimits): number | undefined {
  if (!run.flapping) return undefined;
  const deciding = run.changesMs.at(-Math.ceil(limits.flapChanges / 2));
  return deciding === undefined ? 0 : deciding + windowMs(limits);
}

export function takeCalm(run: TroubledRun, nowMs: number, limits: FlapLimits): Sighting[] {
  const atMs = calmAtMs(run, limits);
  if (atMs === undefined || atMs > nowMs) return [];
  run.flapping = false;
  return [gone('flapping', run.runId)];
}

function windowMs({ flapMinutes }: FlapLimits): number {
  return flapMinutes * 60_000;
}
