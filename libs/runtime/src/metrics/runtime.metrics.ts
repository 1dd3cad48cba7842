import type { Binding, Phase } from '@fiction/contracts';
import {
  ANSWER_PROBLEMS,
  MODEL_CALL_ERROR_CODES,
  ModelClient,
  type ModelAnswer,
  type ModelCallError,
} from '@fiction/llm';
import { fromZero, METRICS_REGISTRY, whenAsked } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Nudge } from '../queue/nudger';
import { RUN_QUEUE } from '../queue/run-queue.token';
import { PHASE_RUNNERS, type PhaseRunner } from '../runs/run.types';

/** How an attempt may end. */
const ATTEMPT_ENDS = ['complete', 'failed', 'blocked', 'cancelled', 'paused', 'retried', 'released', 'stale'] as const;
export type AttemptEnd = (typeof ATTEMPT_ENDS)[number];
/** What may come of a model call. */
const VALIDATIONS = ['valid', ...ANSWER_PROBLEMS, ...MODEL_CALL_ERROR_CODES];
const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600, 1800, 3600];

/** What a service tells Prometheus of its runs, steps and model calls. Labels come from bounded sets. */
@Injectable()
export class RuntimeMetrics {
  private readonly log = new Logger(RuntimeMetrics.name);
  readonly runs: Counter;
  readonly runSeconds: Histogram;
  readonly runsInFlight: Gauge;
  readonly steps: Counter;
  readonly stepSeconds: Histogram;
  private readonly modelCalls: Counter;
  private readonly modelCallSeconds: Histogram;
  private readonly modelTokens: Counter;
  private readonly cachedTokens: Counter;
  private readonly modelCost: Counter;
  private readonly met = new Set<string>();

  constructor(
    @Inject(METRICS_REGISTRY) registry: Registry,
    @Inject(RUN_QUEUE) queue: Queue<Nudge>,
    @Inject(PHASE_RUNNERS) runners: PhaseRunner[],
    models: ModelClient,
  ) {
    const registers = [registry];
    const phase = ['phase'];
    this.runs = new Counter({
      name: 'fiction_runs_total',
      help: 'Attempts of runs, by how they ended',
      labelNames: ['phase', 'status'],
      registers,
    });
    this.runSeconds = new Histogram({
      name: 'fiction_run_seconds',
      help: 'Time an attempt took',
      labelNames: phase,
      buckets: SECONDS,
      registers,
    });
    this.runsInFlight = new Gauge({
      name: 'fiction_runs_in_flight',
      help: 'Attempts under way in this process',
      labelNames: phase,
      registers,
    });
    this.steps = new Counter({
      name: 'fiction_steps_total',
      help: 'Steps, recorded now or replayed',
      labelNames: ['phase', 'kind'],
      registers,
    });
    this.stepSeconds = new Histogram({
      name: 'fiction_step_seconds',
      help: 'Time a step took, recording included',
      labelNames: ['phase', 'kind'],
      buckets: SECONDS,
      registers,
    });
    this.modelCalls = new Counter({
      name: 'fiction_model_calls_total',
      help: 'Model calls, by what came of them',
      labelNames: ['phase', 'provider', 'model', 'validation'],
      registers,
    });
    this.modelCallSeconds = new Histogram({
      name: 'fiction_model_call_seconds',
      help: 'Time a model took to answer',
      labelNames: ['provider', 'model'],
      buckets: SECONDS,
      registers,
    });
    this.modelTokens = new Counter({
      name: 'fiction_model_tokens_total',
      help: 'Tokens, by direction: input or output',
      labelNames: ['provider', 'model', 'direction'],
      registers,
    });
    this.cachedTokens = new Counter({
      name: 'fiction_model_cached_tokens_total',
      help: 'Tokens of the input that the server had read before',
      labelNames: ['provider', 'model'],
      registers,
    });
    this.modelCost = new Counter({
      name: 'fiction_model_cost_usd_total',
      help: 'US dollars spent on model calls',
      labelNames: ['provider', 'model'],
      registers,
    });
    const collect = whenAsked({
      gauges: () => [depth],
      ask: async () => {
        for (const [state, count] of Object.entries(await queue.getJobCounts())) {
          depth.set({ queue: queue.name, state }, count);
        }
      },
      onUnknown: (reason) => this.log.debug(`could not count the jobs in the queue: ${reason}`),
    });
    const depth = new Gauge({
      name: 'fiction_queue_depth',
      help: 'Jobs in the queue, by state',
      labelNames: ['queue', 'state'],
      registers,
      collect,
    });
    const phases = runners.map((runner) => runner.phase);
    this.showPhases(phases);
    for (const binding of models.bindings) phases.forEach((phase) => this.meet(phase, binding));
  }

  /** Before the first call of a model that the providers file does not name, so that what comes of that one is seen as well. */
  meet(phase: Phase, { provider, model }: Binding): void {
    const name = `${phase} ${provider} ${model}`;
    if (this.met.has(name)) return;
    this.met.add(name);
    const binding = { provider: [provider], model: [model] };
    fromZero(this.modelCalls, { phase: [phase], ...binding, validation: VALIDATIONS });
    fromZero(this.modelTokens, { ...binding, direction: ['input', 'output'] });
    for (const metric of [this.modelCallSeconds, this.cachedTokens, this.modelCost]) fromZero(metric, binding);
  }

  /** @param validation `valid`, or why the answer cannot be used */
  countAnswer(phase: Phase, answer: ModelAnswer, validation: string): void {
    const { provider, model, usage } = answer;
    this.modelCalls.inc({ phase, provider, model, validation });
    this.modelCallSeconds.observe({ provider, model }, answer.latencyMs / 1000);
    this.modelTokens.inc({ provider, model, direction: 'input' }, usage.inputTokens);
    this.modelTokens.inc({ provider, model, direction: 'output' }, usage.outputTokens);
    this.cachedTokens.inc({ provider, model }, usage.cacheReadTokens ?? 0);
    this.modelCost.inc({ provider, model }, answer.costUsd);
  }

  /** A call that brought no answer is counted by the code of its error. */
  countFailure(phase: Phase, { provider, model }: Binding, { code }: ModelCallError): void {
    this.modelCalls.inc({ phase, provider, model, validation: code });
  }

  private showPhases(phase: Phase[]): void {
    fromZero(this.runs, { phase, status: ATTEMPT_ENDS });
    fromZero(this.runSeconds, { phase });
    fromZero(this.steps, { phase, kind: ['action', 'model', 'replayed'] });
    fromZero(this.stepSeconds, { phase, kind: ['action', 'model'] });
    for (const one of phase) this.runsInFlight.set({ phase: one }, 0);
  }
}
