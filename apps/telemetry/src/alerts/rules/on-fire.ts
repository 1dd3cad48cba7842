import type { RunEvent } from '@fiction/contracts';
import type { RunState } from '../../runs/run-state';
import { gone, seen, type Sighting } from '../sighting';
import type { TroubledRun } from './troubled-run';

/**
 * item-on-fire: too many failures, or one that came after a person had resumed what failed, which did not help. Somebody who
 * cancels the run has put the fire out; only completing shows that the cause is mended, so its failures count until then.
 */
export function takeFailure(run: TroubledRun, event: RunEvent, state: RunState, mostFailures: number): Sighting[] {
  if (event.status === 'Completed') return takeCompletion(run, event, mostFailures);
  const isCancelled = state.status === 'Cancelled';
  if (event.status === 'Cancelled') return isCancelled && isOnFire(run, mostFailures) ? [out(run)] : [];
  const { attempt, revision, resumption } = event;
  if (event.status !== 'Failed' || attempt <= run.completedAttempt) return [];
  if (run.failures.some((failure) => failure.attempt === attempt)) return [];
  run.failures.push({ attempt, revision, resumption });
  if (isCancelled || !isOnFire(run, mostFailures)) return [];
  const code = typeof event.details['code'] === 'string' ? event.details['code'] : null;
  return [
    seen({
      rule: 'item-on-fire',
      cause: run.runId,
      severity: 'critical',
      planId: run.planId,
      branch: run.branch,
      itemIds: [run.itemId],
      message: `${run.runId} has failed ${run.failures.length} times, the last time with ${code ?? 'no code'}: ${event.message}`,
      details: { runId: run.runId, failures: run.failures.length, code },
    }),
  ];
}

function takeCompletion(run: TroubledRun, { attempt }: RunEvent, mostFailures: number): Sighting[] {
  run.completedAttempt = Math.max(run.completedAttempt, attempt);
  const burning = isOnFire(run, mostFailures);
  run.failures = run.failures.filter((failure) => failure.attempt > run.completedAttempt);
  return burning && !isOnFire(run, mostFailures) ? [out(run)] : [];
}

function out(run: TroubledRun): Sighting {
  return gone('item-on-fire', run.runId);
}

function isOnFire({ failures }: TroubledRun, mostFailures: number): boolean {
  return failures.length >= mostFailures || failures.some((one) => failures.some((other) => isAgain(one, other)));
}

/** Whether one failure came after the other was resumed, on the same input. */
function isAgain(one: TroubledRun['failures'][number], other: TroubledRun['failures'][number]): boolean {
  return one.revision === other.revision && (one.resumption ?? 0) > (other.resumption ?? 0);
}
