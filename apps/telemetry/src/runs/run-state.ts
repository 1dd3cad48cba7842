import {
  FINAL_STATUSES,
  wordsOf,
  type Checkpoint,
  type Phase,
  type ProgressStatus,
  type RunEvent,
} from '@fiction/contracts';

/** Where a run is, as its events tell. Usage counts the whole run, over all attempts. */
export interface RunState {
  runId: string;
  planId: string;
  branch: string;
  phase: Phase;
  revision: number;
  attempt: number;
  status: ProgressStatus;
  percent: number;
  /** When it came to this status, in milliseconds since 1970. */
  changedAtMs: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  words: number;
  /** The attempt that wrote the words; 0: none has. Attempts count on over revisions. */
  wordsAttempt: number;
  startedAtMs: number | undefined;
  /** Steps on record, of those that are known of, and the revision they are of; 0: nobody has told yet. */
  stepsRevision: number;
  stepsRecorded: number;
  stepsKnown: number;
}

const RANK: Record<ProgressStatus, number> = {
  Enqueued: 0,
  Resumed: 1,
  Started: 2,
  Progress: 3,
  Completed: 4,
  Failed: 4,
  Blocked: 4,
  Cancelled: 4,
};

/** The state of a run of which one event is known. */
export function stateOf(event: RunEvent): RunState {
  const occurredAtMs = Date.parse(event.occurredAt);
  const words = wordsOf(event);
  return {
    runId: event.runId,
    planId: event.planId,
    branch: event.branch,
    phase: event.phase,
    revision: event.revision,
    attempt: event.attempt,
    status: event.status,
    percent: event.percent,
    changedAtMs: occurredAtMs,
    ...event.usage,
    words: words ?? 0,
    wordsAttempt: words === undefined ? 0 : event.attempt,
    startedAtMs: event.status === 'Started' ? occurredAtMs : undefined,
    stepsRevision: event.steps === undefined ? 0 : event.revision,
    stepsRecorded: event.steps?.recorded ?? 0,
    stepsKnown: event.steps?.known ?? 0,
  };
}

/**
 * The state of a run of which both are known. The newer one tells where the run is; usage only ever grows. In whatever
 * order and however often the events of a run are merged, the outcome is the same.
 */
export function mergeStates(one: RunState, other: RunState): RunState {
  const [newer, older] = isNewer(one, other) ? [one, other] : [other, one];
  const written = isWrittenLater(older, newer) ? older : newer;
  const { stepsRevision, stepsRecorded, stepsKnown } = hasMoreSteps(older, newer) ? older : newer;
  return {
    ...newer,
    calls: Math.max(one.calls, other.calls),
    inputTokens: Math.max(one.inputTokens, other.inputTokens),
    outputTokens: Math.max(one.outputTokens, other.outputTokens),
    costUsd: Math.max(one.costUsd, other.costUsd),
    words: written.words,
    wordsAttempt: written.wordsAttempt,
    startedAtMs: earliest(one.startedAtMs, other.startedAtMs),
    stepsRevision,
    stepsRecorded,
    stepsKnown,
  };
}

/** How far the run has come. */
export function checkpointOf({ status, stepsRecorded }: Pick<RunState, 'status' | 'stepsRecorded'>): Checkpoint {
  if (status === 'Completed') return 'complete';
  if (status === 'Cancelled') return 'cancelled';
  return status === 'Started' || status === 'Progress' || stepsRecorded > 0 ? 'in-progress' : 'pending';
}

/** When the run ended, unless it goes on. */
export function finishedAtMs(state: RunState): number | undefined {
  return FINAL_STATUSES.has(state.status) ? state.changedAtMs : undefined;
}

/** An earlier one of two times that may be unknown. */
export function earliest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : other === undefined ? one : Math.min(one, other);
}

function isNewer(one: RunState, other: RunState): boolean {
  const difference =
    one.revision - other.revision ||
    one.attempt - other.attempt ||
    RANK[one.status] - RANK[other.status] ||
    // An attempt may end again by somebody's hand, as when what failed is then blocked or cancelled: the later end counts.
    (FINAL_STATUSES.has(one.status) ? one.changedAtMs - other.changedAtMs : 0) ||
    one.percent - other.percent ||
    one.changedAtMs - other.changedAtMs;
  return difference === 0 ? one.status > other.status : difference > 0;
}

/** Within a revision steps only become more; of two that know the same, who expects fewer is nearer the end. */
function hasMoreSteps(one: RunState, other: RunState): boolean {
  return (
    (one.stepsRevision - other.stepsRevision ||
      one.stepsRecorded - other.stepsRecorded ||
      other.stepsKnown - one.stepsKnown) > 0
  );
}

function isWrittenLater(one: RunState, other: RunState): boolean {
  return (one.wordsAttempt - other.wordsAttempt || one.words - other.words) > 0;
}
