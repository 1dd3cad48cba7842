import { METRICS_REGISTRY, whenAsked } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { AlertStore } from '../alerts/alert.store';

/** The open alerts, asked for when Prometheus asks: every replica says the same. */
@Injectable()
export class AlertsMetrics {
  private readonly log = new Logger(AlertsMetrics.name);

  constructor(
    @Inject(METRICS_REGISTRY) registry: Registry,
    private readonly alerts: AlertStore,
  ) {
    const collect = whenAsked({
      gauges: () => [gauge],
      ask: () => this.refresh(gauge),
      onUnknown: (reason) => this.log.debug(`could not count the open alerts: ${reason}`),
    });
    const gauge = new Gauge({
      name: 'fiction_alerts_open',
      help: 'Alerts that nobody has acknowledged or resolved',
      labelNames: ['rule', 'severity'],
      registers: [registry],
      collect,
    });
  }

  private async refresh(gauge: Gauge): Promise<void> {
    const open = await this.alerts.open();
    gauge.reset();
    for (const { rule, severity, alerts } of open) gauge.set({ rule, severity }, alerts);
  }
}
