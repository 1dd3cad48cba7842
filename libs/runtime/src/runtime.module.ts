import {
  cancelRunCommandOf,
  forkBranchCommandOf,
  startRunsCommandOf,
  WORKING_SERVICES,
  type ServiceName,
} from '@fiction/contracts';
import { createModelClient, loadProviders, ModelClient } from '@fiction/llm';
import { MessageHandlers } from '@fiction/messaging';
import { redisOptions, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { Global, Inject, Logger, Module, type DynamicModule, type OnModuleInit, type Type } from '@nestjs/common';
import type { Queue } from 'bull';
import { ForkedBranches } from './branches/forked-branches';
import { RecordedSteps } from './execution/recorded-steps';
import { RunExecutor } from './execution/run-executor';
import { Journal } from './journal/journal';
import { Completions } from './journal/completions';
import { Liveness } from './liveness/liveness';
import { RuntimeMetrics } from './metrics/runtime.metrics';
import { firstVisit } from './queue/first-visit';
import { Nudger } from './queue/nudger';
import { RUN_QUEUE } from './queue/run-queue.token';
import { SilentRedis } from './queue/silent-redis';
import { RunQueueWorker } from './queue/run-queue.worker';
import { LostRuns } from './reconciler/lost-runs';
import { Reconciler } from './reconciler/reconciler';
import { HeldStarts } from './runs/held-starts';
import { RunClaims } from './runs/run-claims';
import { RunStarts } from './runs/run-starts';
import { PHASE_RUNNERS, type PhaseRunner } from './runs/run.types';
import { runtimeController } from './transcripts/runtime.controller';

export interface RuntimeOptions {
  service: ServiceName;
  config: ServiceConfig;
  /** Name of the Bull queue. */
  queue: string;
  runners: Type<PhaseRunner>[];
  /** Modules that export what the runners inject. */
  imports?: DynamicModule['imports'];
}

/** Durable runs for a service: give it runners, and it takes commands, keeps the journal and works the queue. */
@Global()
@Module({})
export class RuntimeModule implements OnModuleInit {
  constructor(
    private readonly handlers: MessageHandlers,
    private readonly starts: RunStarts,
    private readonly branches: ForkedBranches,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  static forService(options: RuntimeOptions): DynamicModule {
    const { config, queue } = options;
    return {
      module: RuntimeModule,
      imports: [
        BullModule.forRootAsync({
          useFactory: async () => {
            const redis = redisOptions(config.redisUrl);
            await firstVisit(redis, config.queuePrefix, new Logger('Queue'));
            return {
              prefix: config.queuePrefix,
              // The lease is in PostgreSQL; Bull must never start a job again by itself.
              // After an error of its own, as when Redis has forgotten a job under way, it goes on soon (by itself after 5 s).
              settings: { maxStalledCount: 0, retryProcessDelay: 200 },
              redis: { ...redis, maxRetriesPerRequest: null, enableReadyCheck: false },
            };
          },
        }),
        BullModule.registerQueue({ name: queue }),
        ...(options.imports ?? []),
      ],
      controllers: [runtimeController(options.service)],
      providers: [
        { provide: RUN_QUEUE, useExisting: getQueueToken(queue) },
        {
          provide: ModelClient,
          // The limits of a provider are shared by all processes, through Redis.
          inject: [RUN_QUEUE],
          useFactory: (queue: Queue) =>
            createModelClient({
              providers: loadProviders(config.providersPath, config.keys),
              shared: { redis: queue.client, prefix: config.queuePrefix, log: new Logger('ModelClient') },
            }),
        },
        ...options.runners,
        { provide: PHASE_RUNNERS, useFactory: (...runners: PhaseRunner[]) => runners, inject: options.runners },
        RuntimeMetrics,
        Nudger,
        Liveness,
        Completions,
        Journal,
        RunClaims,
        HeldStarts,
        RunStarts,
        ForkedBranches,
        RecordedSteps,
        RunExecutor,
        LostRuns,
        Reconciler,
        RunQueueWorker,
        SilentRedis,
      ],
      exports: [RunStarts, Completions, ForkedBranches, RunExecutor, Reconciler, Journal, ModelClient],
    };
  }

  onModuleInit(): void {
    const service = WORKING_SERVICES.find((name) => name === this.config.service);
    if (service === undefined) return;
    this.handlers.register(startRunsCommandOf(service), (bodies, uow) =>
      this.starts.start(
        uow,
        bodies.flatMap(({ starts }) => starts),
      ),
    );
    this.handlers.register(cancelRunCommandOf(service), (bodies, uow) => this.starts.cancel(uow, bodies));
    this.handlers.register(forkBranchCommandOf(service), (bodies, uow) => this.branches.apply(uow, bodies));
  }
}
