import { LORE_STATUSES, loreTermsSchema, type LoreTerms } from '@fiction/contracts';
import { Database, fromZero, METRICS_REGISTRY, whenAsked } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RequirementRow } from '../requirements/requirement.types';

const SECONDS = [1, 5, 15, 60, 300, 900, 1800, 3600, 4 * 3600, 24 * 3600, 7 * 24 * 3600];
const COUNT = 'SELECT status, count(*)::int AS requirements FROM requirements GROUP BY status';

/** How requirements stand, how long they take, and how often somebody waited too long. Labels are bounded sets. */
@Injectable()
export class LoreMetrics {
  private readonly log = new Logger(LoreMetrics.name);
  private readonly fulfilment: Histogram;
  private readonly breaches: Counter;

  constructor(
    @Inject(METRICS_REGISTRY) registry: Registry,
    private readonly database: Database,
  ) {
    const registers = [registry];
    const collect = whenAsked({
      gauges: () => [gauge],
      ask: () => this.refresh(gauge),
      onUnknown: (reason) => this.log.debug(`could not count the lore requirements: ${reason}`),
    });
    const gauge = new Gauge({
      name: 'fiction_lore_requirements',
      help: 'Lore requirements of all plans, by status; every replica says the same',
      labelNames: ['status'],
      registers,
      collect,
    });
    this.fulfilment = new Histogram({
      name: 'fiction_lore_fulfilment_seconds',
      help: 'From when a requirement was first waited for, or declared if nothing waited, until it was ready',
      labelNames: ['policy'],
      buckets: SECONDS,
      registers,
    });
    this.breaches = new Counter({
      name: 'fiction_lore_breaches_total',
      help: 'Lore requirements that were waited for longer than their SLA',
      labelNames: ['policy'],
      registers,
    });
    for (const metric of [this.fulfilment, this.breaches]) {
      fromZero(metric, { policy: loreTermsSchema.shape.policy.options });
    }
  }

  fulfilled({ policy, blocked_at, created_at }: RequirementRow, at: Date): void {
    const seconds = (at.getTime() - (blocked_at ?? created_at).getTime()) / 1000;
    this.fulfilment.observe({ policy }, Math.max(0, seconds));
  }

  breached(policy: LoreTerms['policy']): void {
    this.breaches.inc({ policy });
  }

  private async refresh(gauge: Gauge): Promise<void> {
    const rows = await this.database.query<{ status: string; requirements: number }>(COUNT);
    for (const status of LORE_STATUSES) {
      gauge.set({ status }, rows.find((row) => row.status === status)?.requirements ?? 0);
    }
  }
}
