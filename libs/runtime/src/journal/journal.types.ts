import type { Checkpoint, Details, ProgressStatus, StepCounts, Usage } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import type { ClaimedRun, GatheredEffect } from '../runs/run.types';

/** The part of a step that only a model call has. */
export interface ModelCallRecord {
  conversationId: string;
  agentId: string;
  provider: string;
  model: string;
  request: unknown;
  response: unknown;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  latencyMs: number;
  validation: string;
}

export interface StepRecord {
  name: string;
  kind: 'action' | 'model' | 'model-failure';
  result: unknown;
  call?: ModelCallRecord;
}

/** The end of an attempt. */
export interface Transition {
  status: 'queued' | 'complete' | 'failed' | 'blocked' | 'cancelled';
  /** Only for `queued`: how long until the next attempt, and what it spends. */
  delayMs?: number;
  spends?: 'failure' | 'pause';
  error?: { code: string; message: string };
}

/** What goes out to the others when the entry is recorded. */
export interface EventDraft {
  status: ProgressStatus;
  percent: number;
  message: string;
  checkpoint: Checkpoint;
  details: Details;
}

/**
 * Entries that build on each other and are handed in without waiting in between: once one of them could not be recorded,
 * those that were handed in after it are refused with the same error.
 */
export interface RecordChain {
  failure?: { error: unknown };
}

/** What is to be recorded under an attempt, together: steps, an effect, the end of the attempt, an event. */
export interface JournalEntry {
  run: ClaimedRun;
  usage: Usage;
  /** As of this entry, what it records included. */
  counts: StepCounts;
  /** The last one decides: if it is there already, nothing of the entry is written. */
  steps?: StepRecord[];
  effect?: ((uow: UnitOfWork) => Promise<void>) | GatheredEffect;
  transition?: Transition;
  event?: EventDraft;
  chain?: RecordChain;
}

/** `stale`: a newer attempt exists, and nothing was written. */
export type JournalOutcome = 'recorded' | 'stale';
