import type { ProgressStatus, RunEvent } from '@fiction/contracts';
import type { RunState } from '../../runs/run-state';

/** What the rules know of a run that went wrong. Times are milliseconds since 1970. */
export interface TroubledRun {
  runId: string;
  planId: string;
  branch: string;
  /** The backlog item; the run itself while metadata lacks that. */
  itemId: string;
  /** What it was blocked by, until it goes on. */
  block: Block | null;
  /** The attempts that failed since it last completed. What was kept before runs had resumptions has none. */
  failures: { attempt: number; revision: number; resumption?: number }[];
  /** The latest attempt that completed. */
  completedAttempt: number;
  /** When its status changed last, oldest first. */
  changesMs: number[];
  flapping: boolean;
  /** Whether it was told last that it waits for its provider. What was kept before that was told has nothing. */
  waits?: boolean;
}

export interface Block {
  sinceMs: number;
  message: string;
  /** The cause of the alert that says what metadata is missing; null: it is blocked by something else. */
  metadataCause: string | null;
  /** Whether it is queued again, and has not started yet. */
  queued: boolean;
  /** Whether it was told that this takes long. */
  told: boolean;
}

const TROUBLES: ReadonlySet<ProgressStatus> = new Set(['Blocked', 'Failed', 'Resumed']);

/**
 * Whether the rules care for an event: it says that something went wrong, or that a run goes on after that. The event and
 * the state of its run tell by themselves; so a run that goes well costs nothing, whatever replica hears of it.
 */
export function isOfInterest(event: RunEvent, before: RunState | undefined): boolean {
  if (event.status === 'Progress') return false;
  return TROUBLES.has(event.status) || event.attempt > 1 || (before !== undefined && TROUBLES.has(before.status));
}

/** A run at the first event the rules care for; what went before is known as far as its state tells. */
export function newlyTroubled(event: RunEvent, before: RunState | undefined): TroubledRun {
  return {
    runId: event.runId,
    planId: event.planId,
    branch: event.branch,
    itemId: event.metadata.backlogItemId ?? event.runId,
    block: null,
    failures: [],
    completedAttempt: 0,
    changesMs: before === undefined ? [] : changesUpTo(before),
    flapping: false,
  };
}

/** It was queued, perhaps started, perhaps ended. When it was queued is no longer known once it has started. */
function changesUpTo({ startedAtMs, changedAtMs, status }: RunState): number[] {
  if (startedAtMs === undefined) return [changedAtMs];
  const begun = [startedAtMs, startedAtMs];
  return status === 'Started' || status === 'Progress' ? begun : [...begun, changedAtMs];
}
