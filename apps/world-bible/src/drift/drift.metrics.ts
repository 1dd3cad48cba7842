import { fromZero, METRICS_REGISTRY } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Histogram, type Registry } from 'prom-client';
import type { Scored } from './score-all';

const BUCKETS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** How scores lie; a scene that is scored again counts again. */
@Injectable()
export class DriftMetrics {
  private readonly score: Histogram;

  constructor(@Inject(METRICS_REGISTRY) registry: Registry) {
    this.score = new Histogram({
      name: 'fiction_drift_score',
      help: 'Drift of scenes and memories from the baseline of their persona, 0 to 1',
      labelNames: ['kind'],
      buckets: BUCKETS,
      registers: [registry],
    });
    fromZero(this.score, { kind: ['scene', 'memory'] });
  }

  observe(scored: readonly Scored[]): void {
    for (const { position, establishing, drift } of scored) {
      if (!establishing) this.score.observe({ kind: position === -1 ? 'scene' : 'memory' }, drift.score);
    }
  }
}
