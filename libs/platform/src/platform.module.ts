import { Global, Module, type DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Clock } from './clock/clock';
import { SERVICE_CONFIG, type ServiceConfig } from './config/service.config';
import { HealthController } from './health/health.controller';
import { HealthRegistry } from './health/health.registry';
import { METRICS_REGISTRY, MetricsController } from './metrics/metrics.controller';

/**
 * Pause between two looks at the lag of the event loop, in milliseconds; what is measured holds it. By default a process that
 * does nothing wakes up a hundred times a second for this, which was a quarter of what the idle system took.
 */
const EVENT_LOOP_LOOK_MS = 100;

/** What every service has: its configuration, health, metrics, and the time. */
@Global()
@Module({})
export class PlatformModule {
  static forService(config: ServiceConfig): DynamicModule {
    const registry = new Registry();
    registry.setDefaultLabels({ service: config.service });
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
    return {
      module: PlatformModule,
      controllers: [HealthController, MetricsController],
      providers: [
        Clock,
        HealthRegistry,
        { provide: SERVICE_CONFIG, useValue: config },
        { provide: METRICS_REGISTRY, useValue: registry },
      ],
      exports: [Clock, HealthRegistry, SERVICE_CONFIG, METRICS_REGISTRY],
    };
  }
}
