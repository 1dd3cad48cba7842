import { METRICS_REGISTRY, whenAsked } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { PlanStore } from '../plans/plan.store';

/**
 * What the plans at work have come to, asked for when Prometheus asks: every replica says the same, a restart forgets
 * nothing, and a plan that ends is gone from the labels.
 */
@Injectable()
export class ActivePlansMetrics {
  private readonly log = new Logger(ActivePlansMetrics.name);
  private readonly cost: Gauge;
  private readonly words: Gauge;

  constructor(
    @Inject(METRICS_REGISTRY) registry: Registry,
    private readonly plans: PlanStore,
  ) {
    const collect = whenAsked({
      gauges: () => [this.cost, this.words],
      ask: () => this.refresh(),
      onUnknown: (reason) => this.log.debug(`what the plans have come to is not known: ${reason}`),
    });
    const common = { labelNames: ['plan'], registers: [registry], collect };
    this.cost = new Gauge({
      ...common,
      name: 'fiction_plan_cost_usd',
      help: 'US dollars a plan at work has cost, on all its branches',
    });
    this.words = new Gauge({
      ...common,
      name: 'fiction_plan_words',
      help: 'Words written for a plan at work, on all its branches',
    });
  }

  private async refresh(): Promise<void> {
    const active = await this.plans.active();
    this.cost.reset();
    this.words.reset();
    for (const plan of active) {
      this.cost.set({ plan: plan.plan_id }, plan.cost_usd);
      this.words.set({ plan: plan.plan_id }, plan.words);
    }
  }
}
