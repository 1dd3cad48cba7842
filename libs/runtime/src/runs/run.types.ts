import type { Binding, Details, Phase, RunTarget, SpendLimit, TaskMetadata, Usage } from '@fiction/contracts';
import type { ModelTask } from '@fiction/llm';
import type { UnitOfWork } from '@fiction/platform';

/*
 * Words used here
 *   run      the execution of one backlog item; its id is its job name
 *   attempt  one try of a run, counted from 1; its number is given when the try is queued and is on every write
 *   step     one recorded action of a run; a recorded step is never executed again
 *   revision which input the run works on; new input means a new revision, and new steps
 *   resumption how often somebody has resumed the revision; it goes on with its recorded steps, maybe under another binding
 *   nudge    a Bull job: "look at this attempt of this run". It may be lost or doubled without harm
 */

/** A run as a worker has claimed it. */
export interface ClaimedRun {
  runId: string;
  planId: string;
  branch: string;
  phase: Phase;
  target: RunTarget;
  metadata: TaskMetadata;
  revision: number;
  resumption: number;
  attempt: number;
  failures: number;
  pauses: number;
  /** How far its attempts before this one were when they ended. */
  percent: number;
  /** Whether its last attempt ended because its provider did not answer, as was told. */
  waits: boolean;
  usage: Usage;
  spendLimit?: SpendLimit;
}

/** What a step leaves behind besides its result: rows of the service's own tables, in the same transaction. */
export type StepEffect<T> = (uow: UnitOfWork, result: T) => Promise<void>;

/** How a model is asked. */
export interface AskOptions {
  /**
   * Answers while the step is still on its way to the record, for the answer a run ends with: the end shares its commit, and
   * is on record with it or not at all.
   */
  ahead?: boolean;
}

/** What a phase runner works with. */
export interface RunContext extends Omit<ClaimedRun, 'failures' | 'pauses' | 'percent' | 'waits' | 'spendLimit'> {
  binding: Binding;
  /** Fires when the run is to end now: cancelled, or fenced off by a newer attempt. */
  signal: AbortSignal;
  /**
   * Does `action` once: what it returned (plain data) is recorded before anything depends on it, and returned instead
   * of doing it again by every later attempt.
   * @throws StaleAttemptError when a newer attempt exists; let it pass.
   */
  step<T>(name: string, action: () => Promise<T>, effect?: StepEffect<T>): Promise<T>;
  /**
   * The same for what is only looked up: it is recorded together with the next step, which is the first to depend on it.
   * A run that is lost in between looks it up again.
   */
  lookUp<T>(name: string, action: () => Promise<T>): Promise<T>;
  /** What an earlier attempt has recorded under this name; nothing is done for it. */
  recall<T>(name: string): T | undefined;
  /**
   * Asks the bound model. Every call is a step of its own, unusable answers and repairs included.
   * @throws ModelCallError, AnswerInvalidError; let them pass, the runtime knows what to do.
   */
  ask<T>(name: string, task: ModelTask<T>, options?: AskOptions): Promise<T>;
  /** Who has answered what this attempt has asked under this name: it may have been bound otherwise before it was resumed. */
  answeredBy(name: string): Binding;
  /** Tells how far the run is; goes out with the next step that is recorded. `percent` is 0–100. */
  progress(percent: number, message: string): void;
}

/**
 * An effect that is written together with those of other runs that complete in the same commit: `write` is called once for
 * all of them. Those with the same function belong together, so it must be one and the same each time.
 */
export interface GatheredEffect<T = never> {
  write: (uow: UnitOfWork, all: T[]) => Promise<void>;
  of: T;
}

/** @see GatheredEffect */
export function gathered<T>(write: GatheredEffect<T>['write'], of: T): GatheredEffect {
  return { write, of } as unknown as GatheredEffect;
}

/** How a run ended well. `effect` shares the transaction that completes the run. */
export interface RunOutcome {
  message: string;
  details?: Details;
  effect?: ((uow: UnitOfWork) => Promise<void>) | GatheredEffect;
}

/** One phase: what a run of it does. Must lead the same way again when its steps return what they returned. */
export interface PhaseRunner {
  readonly phase: Phase;
  /** Steps of a run that meets no trouble; what goes wrong may add to them. */
  readonly steps: number;
  run(context: RunContext): Promise<RunOutcome>;
}

/** Injection token of the runners of a service. */
export const PHASE_RUNNERS = Symbol('PHASE_RUNNERS');
