import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { AlertStore } from './alerts/alert.store';
import { ArchivedBranches } from './alerts/archived-branches';
import { AlertSweeper } from './alerts/alert.sweeper';
import { AlertWatch } from './alerts/alert-watch';
import { AlertsController } from './alerts/alerts.controller';
import { CauseReportStore } from './alerts/cause-report.store';
import { TroubleStore } from './alerts/trouble.store';
import { AuditController } from './audit/audit.controller';
import { AuditRecorder } from './audit/audit.recorder';
import { AuditStore } from './audit/audit.store';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { FeedPublisher } from './feed/feed.publisher';
import { EventStore } from './history/event.store';
import { HistoryController } from './history/history.controller';
import { HistoryRecorder } from './history/history.recorder';
import { LoreRecorder } from './lore/lore.recorder';
import { PlansMetrics } from './metrics/plans.metrics';
import { AlertsMetrics } from './metrics/alerts.metrics';
import { HistoryMetrics } from './metrics/history.metrics';
import { CreateHistory1763683200000 } from './migrations/1763683200000-create-history.migration';
import { CreateAudit1764000000000 } from './migrations/1764000000000-create-audit.migration';
import { CreateAlerts1764100000000 } from './migrations/1764100000000-create-alerts.migration';
import { Checkpoints1795200600000 } from './migrations/1795200600000-checkpoints.migration';
import { LoreHistory1795300300000 } from './migrations/1795300300000-lore-history.migration';
import { PlanStatuses1795400900000 } from './migrations/1795400900000-plan-statuses.migration';
import { PlainDocuments1795401000000 } from './migrations/1795401000000-plain-documents.migration';
import { PlanReportController } from './plans/plan-report.controller';
import { PlanStore } from './plans/plan.store';
import { CheckpointsController } from './runs/checkpoints.controller';
import { RunStateStore } from './runs/run-state.store';

/**
 * The event history: stores every event once, numbers it, answers what a plan has been through and
 * used up, and keeps the alerts.
 */
@Module({})
export class TelemetryModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: TelemetryModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({
          entities: [],
          migrations: [
            CreateHistory1763683200000,
            CreateAudit1764000000000,
            CreateAlerts1764100000000,
            Checkpoints1795200600000,
            LoreHistory1795300300000,
            FasterCompression1795400200000,
            PlanStatuses1795400900000,
            PlainDocuments1795401000000,
          ],
        }),
        MessagingModule,
      ],
      controllers: [
        HistoryController,
        PlanReportController,
        AuditController,
        DeadLettersController,
        AlertsController,
        CheckpointsController,
      ],
      providers: [
        HistoryRecorder,
        EventStore,
        PlanStore,
        RunStateStore,
        FeedPublisher,
        HistoryMetrics,
        PlansMetrics,
        AlertWatch,
        AlertStore,
        ArchivedBranches,
        AlertSweeper,
        AlertsMetrics,
        CauseReportStore,
        TroubleStore,
        AuditStore,
        AuditRecorder,
        LoreRecorder,
      ],
    };
  }
}
