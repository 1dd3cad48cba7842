import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { RuntimeModule, RUNTIME_MIGRATIONS } from '@fiction/runtime';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { PlanCache } from './context/plan-cache';
import { DraftsController } from './drafts/drafts.controller';
import { DraftsRepository } from './drafts/drafts.repository';
import { First1700000000000 } from './migrations/1700000000000-first.migration';
import { SceneBriefing } from './phases/scene/scene-briefing';
import { SceneWriting } from './phases/scene/scene-writing';
import { SceneRunner } from './phases/scene/scene.runner';
import { RaisedLoreService } from './refusal/raised-lore.service';

const SHARED = [PlanCache, DraftsRepository, RaisedLoreService, SceneBriefing, SceneWriting];

/** Prose, and what the scene runner is briefed from. */
@Global()
@Module({ controllers: [DraftsController], providers: SHARED, exports: SHARED })
class DraftsModule {}

/** Owns draft versions and the phase scene; scaled on its own. */
@Module({})
export class SceneWeaverModule {
  static forConfig(config: ServiceConfig): DynamicModule {
    return {
      module: SceneWeaverModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({
          entities: [],
          migrations: [...RUNTIME_MIGRATIONS, First1700000000000, FasterCompression1795400200000],
        }),
        MessagingModule,
        DraftsModule,
        RuntimeModule.forService({ service: 'scene-weaver', config, queue: 'scene', runners: [SceneRunner] }),
      ],
    };
  }
}
