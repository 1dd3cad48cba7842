import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { FeedPublisher } from './feed/feed.publisher';
import { EventStore } from './history/event.store';
import { HistoryController } from './history/history.controller';
import { HistoryRecorder } from './history/history.recorder';
import { ActivePlansMetrics } from './metrics/active-plans.metrics';
import { HistoryMetrics } from './metrics/history.metrics';
import { CreateHistory1763683200000 } from './migrations/1763683200000-create-history.migration';
import { PlanReportController } from './plans/plan-report.controller';
import { PlanStore } from './plans/plan.store';
import { RunStateStore } from './runs/run-state.store';

/** The event history: stores every event once, numbers it, and answers what a plan has been through and used up. */
@Module({})
export class TelemetryModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: TelemetryModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({ entities: [], migrations: [CreateHistory1763683200000] }),
        MessagingModule,
      ],
      controllers: [HistoryController, PlanReportController, DeadLettersController],
      providers: [
        HistoryRecorder,
        EventStore,
        PlanStore,
        RunStateStore,
        FeedPublisher,
        HistoryMetrics,
        ActivePlansMetrics,
      ],
    };
  }
}
