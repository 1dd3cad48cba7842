import { readPlan, type FictionPhaseProgressed, type FictionPlanChanged } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Loop, METRICS_REGISTRY } from '@fiction/platform';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { LiveFeed, type FeedListener } from './live-feed';
import { PlanWatch, type PlanWatchSources } from './plan-watch';
import { Pump, type PumpSink } from './pump';
import { TelemetryHistory } from './telemetry-history';

/** How often it is looked which plan's check is due, in milliseconds. */
const LOOK_EVERY_MS = 500;

/** Brings the events of plans to those on this replica who watch them. */
@Injectable()
export class FeedHub implements FeedListener, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(FeedHub.name);
  private readonly watches = new Map<string, PlanWatch>();
  private readonly checking = new Loop(() => this.check(), {
    everyMs: LOOK_EVERY_MS,
    onError: (error) => this.log.warn(String(error)),
  });

  constructor(
    private readonly feed: LiveFeed,
    private readonly history: TelemetryHistory,
    private readonly requester: Requester,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    const { watches } = this;
    new Gauge({
      name: 'fiction_feed_subscriptions',
      help: 'Plans being watched over sockets, counted once per watcher',
      registers: [registry],
      collect() {
        this.set([...watches.values()].reduce((sum, watch) => sum + watch.size, 0));
      },
    });
  }

  onApplicationBootstrap(): void {
    this.feed.start(this);
    // Nothing was heard while the broker was away.
    this.feed.onReconnect(() => this.hurry());
    this.checking.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.feed.stop();
    await this.checking.stop();
  }

  /**
   * Brings the plan's events after `afterSeq`, and all that follow, to `sink`, and with them how its branches stand, from
   * `changes` on; the answer ends it.
   */
  watch(planId: string, afterSeq: number, changes: FictionPlanChanged[], sink: PumpSink): () => void {
    const pump = new Pump(planId, afterSeq, this.history, sink, (error) =>
      this.log.warn(`${planId}: ${String(error)}`),
    );
    const watch = this.watches.get(planId) ?? new PlanWatch(planId, this.sources());
    this.watches.set(planId, watch);
    watch.add(pump);
    pump.fill();
    pump.hear(changes);
    return () => {
      pump.close();
      watch.remove(pump);
      if (watch.size === 0 && this.watches.get(planId) === watch) this.watches.delete(planId);
    };
  }

  wanted(planId: string): boolean {
    return this.watches.has(planId);
  }

  heard(planId: string, events: FictionPhaseProgressed[], changes: FictionPlanChanged[]): void {
    this.watches.get(planId)?.heard(events, changes);
  }

  private hurry(): void {
    for (const watch of this.watches.values()) watch.hurry();
    this.checking.wake();
  }

  private async check(): Promise<void> {
    const checks = [...this.watches].map(([planId, watch]) =>
      watch.check().catch((error: unknown) => this.log.debug(`${planId}: ${String(error)}`)),
    );
    await Promise.all(checks);
  }

  private sources(): PlanWatchSources {
    return {
      state: (planId, afterSeq) => this.history.state(planId, afterSeq),
      status: async (planId) => (await this.requester.ask(readPlan, { planId })).status,
      now: Date.now,
    };
  }
}
