import { PLAN_STATUSES } from '@fiction/contracts';
import { METRICS_REGISTRY, whenAsked } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { PlanStore } from '../plans/plan.store';

/**
 * How many plans there are, and what those at work have come to, asked for when Prometheus asks: every replica says the same,
 * a restart forgets nothing, and a plan that ends is gone from the labels.
 */
@Injectable()
export class PlansMetrics {
  private readonly log = new Logger(PlansMetrics.name);
  private readonly plans: Gauge;
  private readonly cost: Gauge;
  private readonly words: Gauge;

  constructor(
    @Inject(METRICS_REGISTRY) registry: Registry,
    private readonly store: PlanStore,
  ) {
    const collect = whenAsked({
      gauges: () => [this.plans, this.cost, this.words],
      ask: () => this.refresh(),
      onUnknown: (reason) => this.log.debug(`could not read the status of the plans: ${reason}`),
    });
    const common = { registers: [registry], collect };
    this.plans = new Gauge({ ...common, labelNames: ['status'], name: 'fiction_plans', help: 'Plans, by status' });
    this.cost = new Gauge({
      ...common,
      labelNames: ['plan'],
      name: 'fiction_plan_cost_usd',
      help: 'US dollars a plan at work has cost, on all its branches',
    });
    this.words = new Gauge({
      ...common,
      labelNames: ['plan'],
      name: 'fiction_plan_words',
      help: 'Words written for a plan at work, on all its branches',
    });
  }

  private async refresh(): Promise<void> {
    const [active, counted] = await Promise.all([this.store.active(), this.store.byStatus()]);
    const plansOf = new Map(counted.map(({ status, plans }) => [status, plans]));
    for (const status of PLAN_STATUSES) this.plans.set({ status }, plansOf.get(status) ?? 0);
    this.cost.reset();
    this.words.reset();
    for (const plan of active) {
      this.cost.set({ plan: plan.plan_id }, plan.cost_usd);
      this.words.set({ plan: plan.plan_id }, plan.words);
    }
  }
}
