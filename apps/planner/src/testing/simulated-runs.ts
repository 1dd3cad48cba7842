import {
  NO_USAGE,
  startRunsSchema,
  type CancelRun,
  type Details,
  type MessageContract,
  type ProgressStatus,
  type RunEvent,
  type StartRun,
} from '@fiction/contracts';
import type { OutgoingMessage } from '@fiction/messaging';
import type { UnitOfWork } from '@fiction/platform';
import { randomUUID } from 'node:crypto';

/** A run as the service that has it would know it. */
export interface SimulatedRun {
  start: StartRun;
  attempt: number;
  status: 'queued' | 'running' | 'complete' | 'failed' | 'blocked' | 'cancelled';
}

const order = ({ revision, resumption }: StartRun): number => revision * 1_000_000 + resumption;

/**
 * Stands in for every service that has runs, the planner's own included, by the rules of `libs/runtime`: what starts and
 * cancels a run, and what is told of it. Nothing happens by itself; events wait until they are taken.
 */
export class SimulatedRuns {
  readonly runs = new Map<string, SimulatedRun>();
  /** How often each run was completed. */
  readonly completions = new Map<string, number>();
  /** Every message that left the planner. */
  readonly heard: OutgoingMessage[] = [];
  /** Told and not yet heard, oldest first. */
  events: RunEvent[] = [];

  /** In the place of `RunStarts`. */
  readonly starts = {
    start: async (uow: UnitOfWork, starts: StartRun[]): Promise<void> =>
      uow.onCommit(() => starts.forEach((start) => this.start(start))),
    cancel: async (uow: UnitOfWork, cancels: CancelRun[]): Promise<void> =>
      uow.onCommit(() => cancels.forEach((cancel) => this.cancel(cancel))),
  };

  /** In the place of the `Outbox`. */
  readonly outbox = {
    add: async (uow: UnitOfWork, messages: OutgoingMessage[]): Promise<void> =>
      uow.onCommit(() => messages.forEach((message) => this.hear(message))),
    relay: (): void => undefined,
  };

  start(start: StartRun): void {
    const run = this.runs.get(start.runId);
    if (run === undefined) {
      this.runs.set(start.runId, { start, attempt: 1, status: 'queued' });
      return;
    }
    const resumes = start.revision === run.start.revision && run.status === 'complete';
    if (order(start) <= order(run.start) || resumes) return;
    this.runs.set(start.runId, { start, attempt: run.attempt + 1, status: 'queued' });
  }

  cancel({ runId, start, reason }: CancelRun): void {
    const run = this.runs.get(runId);
    if (run === undefined) {
      if (start !== undefined) this.runs.set(runId, { start, attempt: 1, status: 'cancelled' });
      return;
    }
    if (start !== undefined && order(run.start) > order(start)) return;
    if (run.status !== 'queued' && run.status !== 'running') return;
    this.end(run, 'cancelled', 'Cancelled', { reason });
  }

  complete(run: SimulatedRun, details: Details = {}): void {
    const { runId } = run.start;
    this.completions.set(runId, (this.completions.get(runId) ?? 0) + 1);
    this.end(run, 'complete', 'Completed', details);
  }

  fail(run: SimulatedRun, details: Details = {}): void {
    this.end(run, 'failed', 'Failed', details);
  }

  block(run: SimulatedRun, details: Details = {}): void {
    this.end(run, 'blocked', 'Blocked', details);
  }

  lose(run: SimulatedRun): void {
    run.attempt += 1;
    run.status = 'queued';
  }

  /** Takes the oldest `count` events of a plan. */
  take(planId: string, count: number): RunEvent[] {
    const taken = new Set(this.events.filter((event) => event.planId === planId).slice(0, count));
    this.events = this.events.filter((event) => !taken.has(event));
    return [...taken];
  }

  /** Runs of a plan that are under way. */
  open(planId: string): SimulatedRun[] {
    return [...this.runs.values()].filter(
      ({ start, status }) => start.planId === planId && (status === 'queued' || status === 'running'),
    );
  }

  /** Forgets everything of a plan. */
  forget(planId: string): void {
    for (const [runId, run] of this.runs) if (run.start.planId === planId) this.runs.delete(runId);
    this.events = this.events.filter((event) => event.planId !== planId);
    this.heard.length = 0;
  }

  /** Bodies of the messages of one subject that left the planner, oldest first. */
  sent<T>({ subject }: MessageContract<T>): T[] {
    return this.heard.filter((one) => one.subject === subject).map((one) => JSON.parse(one.body) as T);
  }

  private end(run: SimulatedRun, status: SimulatedRun['status'], told: ProgressStatus, details: Details = {}): void {
    run.status = status;
    const { runId, planId, branch, phase, revision, resumption, metadata } = run.start;
    this.events.push({
      eventId: randomUUID(),
      planId,
      branch,
      phase,
      runId,
      revision,
      resumption,
      attempt: run.attempt,
      status: told,
      percent: told === 'Completed' ? 100 : 0,
      message: told,
      metadata,
      checkpoint: told === 'Completed' ? 'complete' : 'in-progress',
      usage: NO_USAGE,
      details,
      occurredAt: new Date().toISOString(),
    });
  }

  private hear(heard: OutgoingMessage): void {
    const { subject, body } = heard;
    this.heard.push(heard);
    const message: unknown = JSON.parse(body);
    if (subject.endsWith('.start-runs')) for (const start of startRunsSchema.parse(message).starts) this.start(start);
    if (subject.endsWith('.cancel-run')) this.cancel(message as CancelRun);
    // What the planner itself tells of items comes back to it, as everything of the kind does.
    if (subject === 'fiction.event.run.finished') this.events.push(...(message as { events: RunEvent[] }).events);
  }
}
