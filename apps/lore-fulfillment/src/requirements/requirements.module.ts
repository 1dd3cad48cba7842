import { Global, Module } from '@nestjs/common';
import { FailedRuns } from './clock/failed-runs';
import { LoreAlerts } from './clock/lore-alerts';
import { LoreBlocks } from './clock/lore-blocks';
import { HeldClocks } from './clock/held-clocks';
import { LoreTimers } from './clock/lore-timers';
import { SlaClocks } from './clock/sla-clocks';
import { Wakes } from './clock/wakes';
import { DecisionsController } from './decisions/decisions.controller';
import { DecisionsService } from './decisions/decisions.service';
import { DecisionsStore } from './decisions/decisions.store';
import { ForkedRequirements } from './declaring/forked-requirements';
import { LoreDeclarations } from './declaring/lore-declarations';
import { LoreMetrics } from '../metrics/lore.metrics';
import { RequirementList } from './reading/requirement-list';
import { RequirementsController } from './reading/requirements.controller';
import { RequirementsRepository } from './reading/requirements.repository';
import { RequirementMoves } from './timeline/requirement-moves';
import { Timeline } from './timeline/timeline';

/** Requirements, their clocks and what is decided about them; global, because the lore phase moves them on. */
@Global()
@Module({
  controllers: [RequirementsController, DecisionsController],
  providers: [
    RequirementsRepository,
    RequirementList,
    ForkedRequirements,
    LoreDeclarations,
    Timeline,
    RequirementMoves,
    SlaClocks,
    LoreBlocks,
    LoreTimers,
    HeldClocks,
    FailedRuns,
    LoreAlerts,
    Wakes,
    DecisionsService,
    DecisionsStore,
    LoreMetrics,
  ],
  exports: [RequirementsRepository, RequirementMoves, DecisionsStore, Wakes],
})
export class RequirementsModule {}
