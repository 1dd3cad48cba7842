import type { RunEvent } from '@fiction/contracts';
import { gone, seen, type Sighting } from '../sighting';
import type { TroubledRun } from './troubled-run';

/**
 * item-on-fire. A failed run begins again because a person has resumed it, or because its input has changed and it has a
 * new revision. So two failures of one revision say that resuming did not help.
 */
export function takeFailure(run: TroubledRun, event: RunEvent, mostFailures: number): Sighting[] {
  if (event.status === 'Completed') {
    run.completedAttempt = Math.max(run.completedAttempt, event.attempt);
    const burning = isOnFire(run, mostFailures);
    run.failures = run.failures.filter(({ attempt }) => attempt > run.completedAttempt);
    return burning && !isOnFire(run, mostFailures) ? [gone('item-on-fire', run.runId)] : [];
  }
  const { attempt, revision } = event;
  if (event.status !== 'Failed' || attempt <= run.completedAttempt) return [];
  if (run.failures.some((failure) => failure.attempt === attempt)) return [];
  run.failures.push({ attempt, revision });
  if (!isOnFire(run, mostFailures)) return [];
  const code = typeof event.details['code'] === 'string' ? event.details['code'] : null;
  return [
    seen({
      rule: 'item-on-fire',
      cause: run.runId,
      severity: 'critical',
      planId: run.planId,
      branch: run.branch,
      itemIds: [run.itemId],
      message: `${run.runId} has failed ${run.failures.length} times, now with ${code ?? 'no code'}: ${event.message}`,
      details: { runId: run.runId, failures: run.failures.length, code },
    }),
  ];
}

function isOnFire({ failures }: TroubledRun, mostFailures: number): boolean {
  return failures.length >= mostFailures || new Set(failures.map(({ revision }) => revision)).size < failures.length;
}
