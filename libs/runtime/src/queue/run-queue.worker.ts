import { ModelClient } from '@fiction/llm';
import { HealthRegistry, SERVICE_CONFIG, within, type ServiceConfig } from '@fiction/platform';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Queue } from 'bull';
import { once } from 'node:events';
import { RunExecutor } from '../execution/run-executor';
import { Journal } from '../journal/journal';
import { Liveness } from '../liveness/liveness';
import { Reconciler } from '../reconciler/reconciler';
import { Nudger, type Nudge } from './nudger';
import { RUN_QUEUE } from './run-queue.token';

/** Steps under way at shutdown have this long to be recorded, in milliseconds. */
const DRAIN_MS = 3_000;
const QUEUE_CLOSE_MS = 1_500;

/** A connection of Bull's; its types leave out that it waits for a job. */
type Waiting = Queue['clients'][number] & { blocked?: boolean };

/** Connects the queue to the executor, once everything is up; and ends both in order. */
@Injectable()
export class RunQueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RunQueueWorker.name);
  private ending = false;

  constructor(
    @Inject(RUN_QUEUE) private readonly queue: Queue<Nudge>,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    private readonly executor: RunExecutor,
    private readonly reconciler: Reconciler,
    private readonly journal: Journal,
    private readonly liveness: Liveness,
    private readonly nudger: Nudger,
    private readonly models: ModelClient,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.on('error', (error) => this.log.debug(`Bull: ${String(error)}`));
    this.health.register('queue', () => this.nudger.problem());
    this.health.register('journal', () => this.journal.problem());
    this.liveness.whenCancelled((runId, attempt) => this.executor.cancel(runId, attempt));
    this.liveness.whenStopped((runId, attempt) => this.executor.stop(runId, attempt));
    // What was lost goes before what is new: it is looked for once before the queue is.
    void this.reconciler.start().then(() => this.work());
  }

  private work(): void {
    if (this.ending) return;
    const working = this.queue.process(this.config.concurrency, async ({ data }) => {
      if (!(await this.executor.execute(data.runId, data.attempt))) this.nudger.nudgeBeside([data]);
    }) as unknown as Promise<void>;
    working.catch((error: unknown) => this.log.debug(`the queue was never there: ${String(error)}`));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    await this.reconciler.stop();
    await this.settle(this.takeNoMore());
    await this.executor.drain(DRAIN_MS);
    await this.journal.close();
    // What it gives back goes by the queue's connection.
    this.models.close();
    await this.settle(this.queue.close(true));
    await this.liveness.close();
  }

  /** Bull gives the connection on which it waits for a job half a second to end by itself: here it is cut first. */
  private async takeNoMore(): Promise<void> {
    const waiting = (this.queue.clients as Waiting[]).filter((client) => client.blocked && client.status !== 'end');
    const cut = waiting.map((client) => once(client, 'end'));
    for (const client of waiting) client.disconnect();
    await Promise.all(cut);
    await this.queue.pause(true, true);
  }

  /** Bull waits without bound when Redis is away; an orderly end must not. */
  private async settle(work: Promise<unknown>): Promise<void> {
    await within(QUEUE_CLOSE_MS, work).catch((error: unknown) => this.log.debug(`Bull: ${String(error)}`));
  }
}
