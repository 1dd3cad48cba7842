import { missingMetadata, type Phase } from '@fiction/contracts';
import { ModelClient } from '@fiction/llm';
import { SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Journal } from '../journal/journal';
import { RuntimeMetrics, type AttemptEnd } from '../metrics/runtime.metrics';
import { RunClaims } from '../runs/run-claims';
import { attemptKey } from '../runs/run.row';
import { PHASE_RUNNERS, type ClaimedRun, type PhaseRunner } from '../runs/run.types';
import { BudgetSpentError, DrainingError, PermanentRunError, RunBlockedError, StaleAttemptError } from './errors';
import { judgeFailure, type Verdict } from './failure';
import { RecordedSteps, type RecordedRun } from './recorded-steps';
import { RunSession } from './run-session';
import type { SessionTools } from './session-tools';

const DRAIN_CHECK_MS = 20;

/** The reason with which the signal of a cancelled run fires. */
class CancelledError extends Error {}

/** Takes attempts, has their phase's runner do the work, and writes down how they ended. Never throws. */
@Injectable()
export class RunExecutor {
  private readonly log = new Logger(RunExecutor.name);
  private readonly runners: Map<Phase, PhaseRunner>;
  /** The latest attempt of each run under way here. */
  private readonly sessions = new Map<string, RunSession>();
  /** What this process has in hand, from before it is claimed until its end is written down. */
  private readonly inHand = new Set<{ runId: string; attempt: number }>();
  /** Of these, the runs that were taken on beyond the places of the queue. */
  private takenOn = 0;
  private draining = false;

  constructor(
    @Inject(PHASE_RUNNERS) runners: PhaseRunner[],
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly claims: RunClaims,
    private readonly recorded: RecordedSteps,
    private readonly journal: Journal,
    private readonly models: ModelClient,
    private readonly metrics: RuntimeMetrics,
  ) {
    this.runners = new Map(runners.map((runner) => [runner.phase, runner]));
  }

  /** Answers whether it was looked at: a process that ends leaves it to others. */
  async execute(runId: string, attempt: number): Promise<boolean> {
    if (this.draining) return false;
    await this.inHandDuring({ runId, attempt }, async () => {
      const run = await this.claims.take(runId, attempt);
      if (run === undefined) return;
      await this.attempt(run, attempt === 1 ? { steps: new Map(), usage: run.usage } : await this.recorded.of(run));
    });
    return true;
  }

  /**
   * How many runs may be taken on just now: at most as many as the queue has places, so this process never works on more
   * than twice that. Their model calls are bounded by the provider's own limit as all others are.
   */
  get room(): number {
    return this.draining ? 0 : this.config.concurrency - this.takenOn;
  }

  /**
   * Works on a run that was begun elsewhere and is claimed already, beyond the places of the queue: it has waited enough.
   * @param recorded what is recorded of it
   */
  async takeOn(run: ClaimedRun, recorded: Promise<RecordedRun>): Promise<void> {
    this.takenOn += 1;
    await this.inHandDuring({ runId: run.runId, attempt: run.attempt }, async () => this.attempt(run, await recorded));
    this.takenOn -= 1;
  }

  /** What this process works on or is about to, as `attemptKey` names it. */
  held(): Set<string> {
    return new Set([...this.inHand].map(({ runId, attempt }) => attemptKey(runId, attempt)));
  }

  /** Ends a run of this process, if it is one and `attempt` or an earlier one is under way: a later one is wanted. */
  cancel(runId: string, attempt: number): void {
    const session = this.sessions.get(runId);
    if (session !== undefined && session.attempt <= attempt) session.abort(new CancelledError('cancelled'));
  }

  /** The same, but what it asks its model now is still answered. */
  stop(runId: string, attempt: number): void {
    const session = this.sessions.get(runId);
    if (session !== undefined && session.attempt <= attempt) session.spending.stop();
  }

  /** Begins nothing new, gives what is under way `graceMs` to get recorded, then ends it. */
  async drain(graceMs: number): Promise<void> {
    this.draining = true;
    const until = performance.now() + graceMs;
    while (this.inHand.size > 0 && performance.now() < until) await pause(DRAIN_CHECK_MS);
    for (const session of this.sessions.values()) session.abort(new DrainingError('this process is ending'));
    const last = performance.now() + graceMs;
    while (this.inHand.size > 0 && performance.now() < last) await pause(DRAIN_CHECK_MS);
  }

  private async inHandDuring(work: { runId: string; attempt: number }, doing: () => Promise<void>): Promise<void> {
    this.inHand.add(work);
    try {
      await doing();
    } catch (error) {
      // Whatever could not be written down is found by the reconciler: the run is in nobody's hands, or still queued.
      const { runId, attempt } = work;
      this.log.warn(`${runId} (attempt ${attempt}): ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.inHand.delete(work);
    }
  }

  private async attempt(run: ClaimedRun, { steps, usage }: RecordedRun): Promise<void> {
    const tools: SessionTools = {
      journal: this.journal,
      models: this.models,
      metrics: this.metrics,
      isDraining: () => this.draining,
    };
    const session = new RunSession({ ...run, usage }, steps, tools, this.runners.get(run.phase)?.steps ?? 0);
    const earlier = this.sessions.get(run.runId);
    earlier?.abort(new StaleAttemptError(run.runId, earlier.attempt));
    this.sessions.set(run.runId, session);
    this.metrics.runsInFlight.inc({ phase: run.phase });
    const stop = this.metrics.runSeconds.startTimer({ phase: run.phase });
    session
      .begin()
      .catch((error: unknown) => this.log.debug(`${run.runId}: its start could not be reported: ${String(error)}`));
    try {
      const status = await this.work(run, session);
      this.metrics.runs.inc({ phase: run.phase, status });
    } finally {
      stop();
      this.metrics.runsInFlight.dec({ phase: run.phase });
      if (this.sessions.get(run.runId) === session) this.sessions.delete(run.runId);
      // Whatever the runner has left behind is of no use to anybody any more.
      session.abort(new StaleAttemptError(run.runId, run.attempt));
    }
  }

  private async work(run: ClaimedRun, session: RunSession): Promise<AttemptEnd> {
    try {
      checkMetadata(run);
      const runner = this.runners.get(run.phase);
      if (runner === undefined) throw new PermanentRunError('UNKNOWN_PHASE', `nobody here runs ${run.phase}`);
      const { message, details, effect } = await runner.run(session);
      // Not asked for any more; a runner need not have noticed. One that ends with its process may still complete.
      if (session.signal.reason instanceof CancelledError) throw session.signal.reason;
      const outcome = await session.end({ status: 'complete' }, 'Completed', message, {
        checkpoint: 'complete',
        details: details ?? {},
        effect,
      });
      return outcome === 'stale' ? 'stale' : 'complete';
    } catch (error) {
      const reason: unknown = session.signal.aborted ? session.signal.reason : error;
      if (reason instanceof CancelledError) {
        await session.end({ status: 'cancelled' }, 'Cancelled', 'cancelled', { checkpoint: 'cancelled', details: {} });
        return 'cancelled';
      }
      if (reason instanceof BudgetSpentError) return this.endSpent(session, reason);
      return this.conclude(session, judgeFailure(reason, run), error);
    }
  }

  /** What was asked beside the call that was not made is answered first: it is paid for. */
  private async endSpent(session: RunSession, { code, message }: BudgetSpentError): Promise<AttemptEnd> {
    await session.spending.callsEnd();
    await session.end({ status: 'cancelled' }, 'Cancelled', message, {
      checkpoint: 'cancelled',
      details: { reason: code },
    });
    return 'cancelled';
  }

  private async conclude(session: RunSession, verdict: Verdict, cause: unknown): Promise<AttemptEnd> {
    const open = { checkpoint: 'in-progress' as const };
    switch (verdict.kind) {
      case 'stale':
        this.log.debug(`${session.runId}: a newer attempt exists; leaving it alone`);
        return 'stale';
      case 'release':
        await session.end({ status: 'queued' }, 'Resumed', 'handed over by a process that is ending', {
          ...open,
          details: session.waiting ? { waits: false } : {},
        });
        return 'released';
      case 'blocked':
        await session.end({ status: 'blocked' }, 'Blocked', verdict.message, { ...open, details: verdict.details });
        return 'blocked';
      case 'retry': {
        this.log.warn(`${session.runId} tries again in ${verdict.delayMs} ms: ${verdict.message}`);
        const { delayMs, spends, code, message, news, waits } = verdict;
        await session.end({ status: 'queued', delayMs, spends, error: { code, message } }, 'Resumed', news, {
          ...open,
          details: { code, retryInMs: delayMs, ...((waits || session.waiting) && { waits }) },
        });
        return spends === 'pause' ? 'paused' : 'retried';
      }
      case 'failed': {
        const { code, message, details } = verdict;
        this.log.error(`${session.runId} failed: ${message}`, cause instanceof Error ? cause.stack : undefined);
        await session.end({ status: 'failed', error: { code, message } }, 'Failed', message, {
          ...open,
          details: { ...details, code },
        });
        return 'failed';
      }
    }
  }
}

/** Whatever has become of the row since it was written: nothing runs on a guess. */
function checkMetadata(run: ClaimedRun): void {
  const missing = missingMetadata(run.metadata);
  if (missing.length === 0) return;
  throw new RunBlockedError(`METADATA_MISSING: ${missing.join(', ')}`, { reason: 'METADATA_MISSING', missing });
}
