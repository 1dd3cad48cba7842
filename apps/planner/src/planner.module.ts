import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { RuntimeModule, RUNTIME_MIGRATIONS } from '@fiction/runtime';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ArtifactsController } from './artifacts/artifacts.controller';
import { ArtifactsRepository } from './artifacts/artifacts.repository';
import { ScrollWriter } from './artifacts/scroll-writer';
import { ActionLog } from './backlog/action-log';
import { BacklogController } from './backlog/backlog.controller';
import { BacklogReader } from './backlog/backlog.reader';
import { Canceller } from './backlog/canceller';
import { GraphReader } from './backlog/graph.reader';
import { ItemActions } from './backlog/item-actions';
import { PlanControls } from './backlog/plan-controls';
import { BranchesController } from './branches/branches.controller';
import { BranchesReader } from './branches/branches.reader';
import { BranchesService } from './branches/branches.service';
import { Dispatcher } from './graph/dispatcher';
import { PlanGraph } from './graph/plan-graph';
import { RunResults } from './graph/run-results';
import { ForkedLore } from './branches/forked-lore';
import { LoreBlocks } from './lore/lore-blocks';
import { LoreNeeds } from './lore/lore-needs';
import { SceneLore } from './lore/scene-lore';
import { LoreWakes } from './lore/lore-wakes';
import { LoreController } from './lore/lore.controller';
import { RaisedLore } from './lore/raised-lore';
import { RequiredLore } from './lore/required-lore';
import { First1700000000000 } from './migrations/1700000000000-first.migration';
import { Backlog1795200100000 } from './migrations/1795200100000-backlog.migration';
import { BriefDigest1795200200000 } from './migrations/1795200200000-brief-digest.migration';
import { Branches1795200500000 } from './migrations/1795200500000-branches.migration';
import { Sweep1795200700000 } from './migrations/1795200700000-sweep.migration';
import { HeldBranches1795400500000 } from './migrations/1795400500000-held-branches.migration';
import { LoreThatWaits1795300100000 } from './migrations/1795300100000-lore-that-waits.migration';
import { ActionDigest1795400550000 } from './migrations/1795400550000-action-digest.migration';
import { ScenesOfScrolls1795401300000 } from './migrations/1795401300000-scenes-of-scrolls.migration';
import { ItemWords1795400800000 } from './migrations/1795400800000-item-words.migration';
import { BlueprintRunner } from './phases/blueprint/blueprint.runner';
import { PlannerRunner } from './phases/planner/planner.runner';
import { ScrollRunner } from './phases/scroll/scroll.runner';
import { VisionRunner } from './phases/vision/vision.runner';
import { HeldBranches } from './plans/held-branches';
import { BudgetStops } from './plans/budget-stops';
import { PlanStatuses } from './plans/plan-statuses';
import { PlansController } from './plans/plans.controller';
import { PlansService } from './plans/plans.service';
import { LoreRepairs } from './sweep/lore-repairs';
import { OrphanRuns } from './sweep/orphan-runs';
import { ResumeTimeouts } from './sweep/resume-timeouts';
import { Sweeper } from './sweep/sweeper';
import { VanishedRuns } from './sweep/vanished-runs';

const SHARED = [
  PlansService,
  HeldBranches,
  PlanStatuses,
  BudgetStops,
  PlanGraph,
  Dispatcher,
  RunResults,
  LoreNeeds,
  SceneLore,
  LoreBlocks,
  ForkedLore,
  RaisedLore,
  LoreWakes,
  RequiredLore,
  ArtifactsRepository,
  ScrollWriter,
  BacklogReader,
  GraphReader,
  ActionLog,
  Canceller,
  ItemActions,
  PlanControls,
  BranchesReader,
  BranchesService,
  ResumeTimeouts,
  VanishedRuns,
  OrphanRuns,
  LoreRepairs,
  Sweeper,
];

/** The plan graph and what is written before the scenes; what its phase runners use. */
@Global()
@Module({
  controllers: [PlansController, ArtifactsController, BacklogController, BranchesController, LoreController],
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
        DatabaseModule.forTables({
          entities: [],
          migrations: [
            ...RUNTIME_MIGRATIONS,
            First1700000000000,
            Backlog1795200100000,
            BriefDigest1795200200000,
            Branches1795200500000,
            Sweep1795200700000,
            LoreThatWaits1795300100000,
            FasterCompression1795400200000,
            HeldBranches1795400500000,
            ActionDigest1795400550000,
            ItemWords1795400800000,
            ScenesOfScrolls1795401300000,
          ],
        }),
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
