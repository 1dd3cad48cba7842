import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { RuntimeModule, RUNTIME_MIGRATIONS } from '@fiction/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { CreateRequirements1763683400000 } from './migrations/1763683400000-create-requirements.migration';
import { HeldClocks1795400400000 } from './migrations/1795400400000-held-clocks.migration';
import { RequirementLife1795300200000 } from './migrations/1795300200000-requirement-life.migration';
import { RequirementsOfBranches1795200400000 } from './migrations/1795200400000-requirements-of-branches.migration';
import { LoreRunner } from './phases/lore/lore.runner';
import { RequirementsModule } from './requirements/requirements.module';

/** Owns lore requirements and their timelines; and the lore phase, which fulfils them. */
@Module({})
export class LoreFulfillmentModule {
  static forConfig(config: ServiceConfig): DynamicModule {
    return {
      module: LoreFulfillmentModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({
          entities: [],
          migrations: [
            ...RUNTIME_MIGRATIONS,
            CreateRequirements1763683400000,
            RequirementsOfBranches1795200400000,
            RequirementLife1795300200000,
            FasterCompression1795400200000,
            HeldClocks1795400400000,
          ],
        }),
        MessagingModule,
        RequirementsModule,
        RuntimeModule.forService({ service: 'lore-fulfillment', config, queue: 'lore', runners: [LoreRunner] }),
      ],
    };
  }
}
