import { roundUsd, type Binding, type ProgressStatus, type StepCounts, type Usage } from '@fiction/contracts';
import {
  AnswerInvalidError,
  askUntilValid,
  judgeAnswer,
  MAX_REPAIRS,
  ModelCallError,
  type ModelAnswer,
  type ModelTask,
  type Repair,
} from '@fiction/llm';
import type { UnitOfWork } from '@fiction/platform';
import type {
  EventDraft,
  JournalEntry,
  JournalOutcome,
  RecordChain,
  StepRecord,
  Transition,
} from '../journal/journal.types';
import type { AskOptions, ClaimedRun, RunContext, StepEffect } from '../runs/run.types';
import { DrainingError, PermanentRunError, StaleAttemptError } from './errors';
import { answeredCall, failedCall } from './call-records';
import { answeredBefore, callName, type RecordedStep } from './recorded-steps';
import { RunNews } from './run-news';
import type { SessionTools } from './session-tools';
import { Spending } from './spending';

/** A recorded answer is as much of the model's as is needed to judge it again. */
type RecordedAnswer = Pick<ModelAnswer, 'text' | 'response'>;

/** Answers of one round of `ask`: the first and its repairs. */
const CALLS_PER_ROUND = MAX_REPAIRS + 1;

/** One attempt under way: replays what is recorded, records what is new, and counts what it uses. */
export class RunSession implements RunContext {
  readonly runId = this.run.runId;
  readonly planId = this.run.planId;
  readonly branch = this.run.branch;
  readonly phase = this.run.phase;
  readonly target = this.run.target;
  readonly metadata = this.run.metadata;
  readonly revision = this.run.revision;
  readonly resumption = this.run.resumption;
  readonly attempt = this.run.attempt;
  readonly binding: Binding = { provider: this.run.metadata.providerId, model: this.run.metadata.modelId };
  readonly usage: Usage;
  private readonly controller = new AbortController();
  private readonly news: RunNews;
  private lookedUp: StepRecord[] = [];
  /** What this attempt hands to the journal. */
  private chain: RecordChain = {};
  /** Settles when the last answer given ahead is on record, and with it those before it. */
  private ahead: Promise<void> = Promise.resolve();
  /** Names of the steps this attempt has come to. */
  private readonly met = new Set<string>();
  readonly spending = new Spending(this.run.spendLimit);
  private failedCalls = 0;
  /** Steps on record, those of earlier attempts included. */
  private stepsRecorded: number;

  constructor(
    private readonly run: ClaimedRun,
    private readonly recorded: Map<string, RecordedStep>,
    private readonly tools: SessionTools,
    /** Steps of a run that meets no trouble. */
    private readonly stepsExpected: number,
  ) {
    this.stepsRecorded = recorded.size;
    this.news = new RunNews(recorded, run.percent, run.waits);
    this.usage = { ...run.usage };
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether it is known to wait for its provider. */
  get waiting(): boolean {
    return this.news.waiting;
  }

  abort(reason: Error): void {
    this.controller.abort(reason);
  }

  /** Tells that the attempt has begun; not waited for, since it is written down before whatever comes after it. */
  begin(): Promise<unknown> {
    const message = this.attempt === 1 ? 'started' : `attempt ${this.attempt} started`;
    const event: EventDraft = {
      status: 'Started',
      percent: this.news.percent,
      message,
      checkpoint: 'in-progress',
      details: {},
    };
    return this.tools.journal.record({ run: this.run, usage: { ...this.usage }, counts: this.counts(), event });
  }

  progress(percent: number, message: string): void {
    this.news.progress(percent, message);
  }

  async step<T>(name: string, action: () => Promise<T>, effect?: StepEffect<T>): Promise<T> {
    const known = this.meet(name, 'action');
    if (known !== undefined) return known.result as T;
    // An action may be seen by others, so nothing that it builds on may get lost.
    await this.ahead;
    this.heed();
    const stop = this.tools.metrics.stepSeconds.startTimer({ phase: this.phase, kind: 'action' });
    const result = await action();
    await this.record({ name, kind: 'action', result }, effect && ((uow) => effect(uow, result)));
    stop();
    return result;
  }

  async lookUp<T>(name: string, action: () => Promise<T>): Promise<T> {
    const known = this.meet(name, 'action');
    if (known !== undefined) return known.result as T;
    this.heed();
    const result = await action();
    this.lookedUp.push({ name, kind: 'action', result });
    return result;
  }

  recall<T>(name: string): T | undefined {
    return this.recorded.get(name)?.result as T | undefined;
  }

  answeredBy(name: string): Binding {
    return answeredBefore(this.recorded, this.met, name) ?? this.binding;
  }

  async ask<T>(name: string, task: ModelTask<T>, { ahead = false }: AskOptions = {}): Promise<T> {
    for (let round = 0; ; round += 1) {
      let replayed = false;
      try {
        const { value } = await askUntilValid<T, RecordedAnswer>({
          task,
          call: async (n, repair) => {
            const stepName = callName(name, round * CALLS_PER_ROUND + n + 1);
            replayed = this.recorded.has(stepName);
            return this.modelStep(stepName, task, repair, ahead);
          },
        });
        return value;
      } catch (error) {
        // An earlier attempt has spent this round in vain; this attempt asks afresh. The attempts are bounded.
        if (!(error instanceof AnswerInvalidError && replayed)) throw error;
      }
    }
  }

  /** Ends the attempt; that it was `stale` is a matter of course and told to nobody. */
  async end(
    transition: Transition,
    status: ProgressStatus,
    message: string,
    extra: Pick<EventDraft, 'details' | 'checkpoint'> & Pick<JournalEntry, 'effect'>,
  ): Promise<JournalOutcome> {
    const { effect, ...rest } = extra;
    // That an attempt came to nothing is recorded even if what came before it could not be.
    if (transition.status !== 'complete' && this.chain.failure !== undefined) this.chain = {};
    const percent = status === 'Completed' ? 100 : this.news.percent;
    return this.tools.journal.record({
      run: this.run,
      usage: { ...this.usage },
      counts: this.counts(status === 'Completed'),
      transition,
      event: { status, percent, message, ...rest },
      chain: this.chain,
      ...(effect && { effect }),
    });
  }

  private async modelStep<T>(
    name: string,
    task: ModelTask<T>,
    repair: Repair | undefined,
    ahead: boolean,
  ): Promise<RecordedAnswer> {
    const known = this.meet(name, 'model');
    if (known !== undefined) return known.response as RecordedAnswer;
    this.heedCall();
    return this.spending.during(() => this.callModel(name, task, repair, ahead));
  }

  private async callModel<T>(
    name: string,
    task: ModelTask<T>,
    repair: Repair | undefined,
    ahead: boolean,
  ): Promise<RecordedAnswer> {
    const stop = this.tools.metrics.stepSeconds.startTimer({ phase: this.phase, kind: 'model' });
    const startedAt = performance.now();
    const { signal, binding } = this;
    this.tools.metrics.meet(this.phase, binding);
    // What has been begun goes before what has not.
    const urgent = this.attempt > 1;
    let recorded: Promise<void> | undefined;
    // It may have waited for its slot for long.
    const heed = (): void => this.heedCall();
    const record = (given: ModelAnswer): Promise<void> =>
      (recorded = this.recordAnswer(name, task, given).then(() => void stop()));
    let answer: RecordedAnswer;
    try {
      answer = await this.tools.models.call({ binding, task, repair, signal, urgent, heed, record });
    } catch (error) {
      await this.recordFailure(name, error, performance.now() - startedAt);
      throw error;
    }
    if (ahead) this.follow(recorded!);
    else await recorded;
    return answer;
  }

  private recordAnswer<T>(name: string, task: ModelTask<T>, answer: ModelAnswer): Promise<void> {
    const { validation } = judgeAnswer(task, answer);
    this.count(answer, validation);
    const call = answeredCall(this.metadata, answer, validation);
    return this.record({ name, kind: 'model', result: undefined, call });
  }

  /** Goes on before it is known whether the answer is recorded. If it cannot be, what builds on it is in vain. */
  private follow(recorded: Promise<void>): void {
    this.ahead = recorded;
    recorded.catch((error: unknown) => this.abort(error as Error));
  }

  /** A call that brought nothing is on record too; it is history and is never replayed. */
  private async recordFailure(name: string, error: unknown, tookMs: number): Promise<void> {
    if (!(error instanceof ModelCallError) || this.signal.aborted) return;
    this.tools.metrics.countFailure(this.phase, this.binding, error);
    this.failedCalls += 1;
    await this.record({
      name: `${name}!${this.attempt}.${this.failedCalls}`,
      kind: 'model-failure',
      result: undefined,
      call: failedCall(this.metadata, this.binding, error, tookMs),
    });
  }

  private count(answer: ModelAnswer, validation: string): void {
    this.usage.calls += 1;
    this.usage.inputTokens += answer.usage.inputTokens;
    this.usage.outputTokens += answer.usage.outputTokens;
    this.usage.costUsd = roundUsd(this.usage.costUsd + answer.costUsd);
    this.tools.metrics.countAnswer(this.phase, answer, validation);
  }

  private async record(step: StepRecord, effect?: (uow: UnitOfWork) => Promise<void>): Promise<void> {
    const { lookedUp } = this;
    const news = this.news.take(step);
    this.lookedUp = [];
    this.stepsRecorded += lookedUp.length + (step.kind === 'model-failure' ? 0 : 1);
    const outcome = await this.tools.journal.record({
      run: this.run,
      usage: { ...this.usage },
      counts: this.counts(),
      steps: [...lookedUp, step],
      chain: this.chain,
      ...(effect && { effect }),
      ...(news && { event: news }),
    });
    if (outcome !== 'stale') return;
    const stale = new StaleAttemptError(this.runId, this.attempt);
    // Calls that go on beside this step are in vain too.
    this.abort(stale);
    throw stale;
  }

  /** A run that is over has no more steps to come. */
  private counts(over = false): StepCounts {
    const recorded = this.stepsRecorded;
    return { recorded, known: over ? recorded : Math.max(recorded, this.stepsExpected) };
  }

  /** A step the attempt comes to: what is recorded of it, if anything. A name stands for one step of a run. */
  private meet(name: string, kind: 'action' | 'model'): RecordedStep | undefined {
    if (this.met.has(name))
      throw new PermanentRunError('STEP_REPEATED', `two steps of ${this.runId} are named ${name}`);
    this.met.add(name);
    const known = this.recorded.get(name);
    this.tools.metrics.steps.inc({ phase: this.phase, kind: known === undefined ? kind : 'replayed' });
    return known;
  }

  /** Before a call: may it be paid for as well? */
  private heedCall(): void {
    this.heed();
    this.spending.heed(this.usage);
  }

  /** Before anything new is begun: is it still wanted, and still ours? */
  private heed(): void {
    if (this.signal.aborted) throw this.signal.reason as Error;
    if (this.tools.isDraining()) throw new DrainingError('this process is ending');
  }
}
