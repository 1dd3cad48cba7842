import { SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Queue } from 'bull';
import { RunExecutor } from '../execution/run-executor';
import { Journal } from '../journal/journal';
import { Liveness } from '../liveness/liveness';
import { Reconciler } from '../reconciler/reconciler';
import type { Nudge } from './nudger';
import { RUN_QUEUE } from './run-queue.token';

/** Steps under way at shutdown have this long to be recorded, in milliseconds. */
const DRAIN_MS = 3_000;
const QUEUE_CLOSE_MS = 1_500;

/** Connects the queue to the executor, once everything is up; and ends both in order. */
@Injectable()
export class RunQueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RunQueueWorker.name);

  constructor(
    @Inject(RUN_QUEUE) private readonly queue: Queue<Nudge>,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly executor: RunExecutor,
    private readonly reconciler: Reconciler,
    private readonly journal: Journal,
    private readonly liveness: Liveness,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.on('error', (error) => this.log.debug(`Bull: ${String(error)}`));
    void this.queue.process(this.config.concurrency, async (job) => {
      await this.executor.execute(job.data.runId, job.data.attempt);
    });
    this.liveness.whenCancelled((runId) => this.executor.cancel(runId));
    this.reconciler.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.reconciler.stop();
    await within(QUEUE_CLOSE_MS, this.queue.pause(true, true));
    await this.executor.drain(DRAIN_MS);
    await this.journal.close();
    await within(QUEUE_CLOSE_MS, this.queue.close(true));
    await this.liveness.close();
  }
}

/** Bull waits without bound when Redis is away; an orderly end must not. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([
    work.then(
      () => undefined,
      () => undefined,
    ),
    limit,
  ]);
  clearTimeout(timer);
}
