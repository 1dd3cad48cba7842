import { Global, Module, type DynamicModule } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Clock } from './clock/clock';
import { SERVICE_CONFIG, type ServiceConfig } from './config/service.config';
import { HealthController } from './health/health.controller';
import { HealthRegistry } from './health/health.registry';
import { METRICS_REGISTRY, MetricsController } from './metrics/metrics.controller';

/** What every service has: its configuration, health, metrics, and the time. */
@Global()
@Module({})
export class PlatformModule {
  static forService(config: ServiceConfig): DynamicModule {
    const registry = new Registry();
    registry.setDefaultLabels({ service: config.service });
    collectDefaultMetrics({ register: registry });
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
