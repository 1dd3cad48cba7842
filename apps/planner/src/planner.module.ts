import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { RuntimeModule } from '@fiction/runtime';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ArtifactsController } from './artifacts/artifacts.controller';
import { ArtifactsRepository } from './artifacts/artifacts.repository';
import { LoreNeeds } from './artifacts/lore-needs';
import { ScrollWriter } from './artifacts/scroll-writer';
import { Dispatcher } from './graph/dispatcher';
import { PlanGraph } from './graph/plan-graph';
import { RunResults } from './graph/run-results';
import { First1700000000000 } from './migrations/1700000000000-first.migration';
import { BlueprintRunner } from './phases/blueprint/blueprint.runner';
import { PlannerRunner } from './phases/planner/planner.runner';
import { ScrollRunner } from './phases/scroll/scroll.runner';
import { VisionRunner } from './phases/vision/vision.runner';
import { PlanStatuses } from './plans/plan-statuses';
import { PlansController } from './plans/plans.controller';
import { PlansService } from './plans/plans.service';

const SHARED = [
  PlansService,
  PlanStatuses,
  PlanGraph,
  Dispatcher,
  RunResults,
  LoreNeeds,
  ArtifactsRepository,
  ScrollWriter,
];

/** The plan graph and what is written before the scenes; what its phase runners use. */
@Global()
@Module({
  controllers: [PlansController, ArtifactsController],
  providers: SHARED,
  exports: SHARED,
})
class PlanModule {}

/** Owns plans, the plan graph, and the phases vision, planner, blueprint and scroll. */
@Module({})
export class PlannerModule {
  static forConfig(config: ServiceConfig): DynamicModule {
    return {
      module: PlannerModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({ entities: [], migrations: [First1700000000000] }),
        MessagingModule,
        PlanModule,
        RuntimeModule.forService({
          service: 'planner',
          config,
          queue: 'planner',
          runners: [VisionRunner, PlannerRunner, BlueprintRunner, ScrollRunner],
        }),
      ],
    };
  }
}
