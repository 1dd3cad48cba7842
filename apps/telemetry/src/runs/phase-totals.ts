import type { Phase } from '@fiction/contracts';
import { earliest, finishedAtMs, type RunState } from './run-state';

/** What the runs of a phase of a plan amount to; also what a change of some of them adds to that. */
export interface PhaseTotals {
  planId: string;
  phase: Phase;
  runs: number;
  /** Runs that have not ended. */
  openRuns: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  words: number;
  startedAtMs: number | undefined;
  finishedAtMs: number | undefined;
}

/** How a run's state changed. */
export interface RunChange {
  before: RunState | undefined;
  after: RunState;
}

/** What the changes add to the totals, one entry per plan and phase. */
export function totalsOf(changes: Iterable<RunChange>): PhaseTotals[] {
  const totals = new Map<string, PhaseTotals>();
  for (const { before, after } of changes) {
    const key = `${after.phase} ${after.planId}`;
    const total = totals.get(key) ?? nothing(after);
    totals.set(key, total);
    total.runs += before === undefined ? 1 : 0;
    total.openRuns += openRuns(after) - (before === undefined ? 0 : openRuns(before));
    total.calls += after.calls - (before?.calls ?? 0);
    total.inputTokens += after.inputTokens - (before?.inputTokens ?? 0);
    total.outputTokens += after.outputTokens - (before?.outputTokens ?? 0);
    total.costUsd += after.costUsd - (before?.costUsd ?? 0);
    total.words += after.words - (before?.words ?? 0);
    total.startedAtMs = earliest(total.startedAtMs, after.startedAtMs);
    total.finishedAtMs = latest(total.finishedAtMs, finishedAtMs(after));
  }
  return [...totals.values()];
}

function openRuns(state: RunState): number {
  return finishedAtMs(state) === undefined ? 1 : 0;
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : other === undefined ? one : Math.max(one, other);
}

function nothing({ planId, phase }: RunState): PhaseTotals {
  return {
    planId,
    phase,
    runs: 0,
    openRuns: 0,
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    words: 0,
    startedAtMs: undefined,
    finishedAtMs: undefined,
  };
}
