import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { ForkBranches1795200300000, ResumeRuns1795200000000, RuntimeModule } from '@fiction/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { BibleModule } from './bible/bible.module';
import { ContextController } from './context/context.controller';
import { PastRepository } from './context/past.repository';
import { SceneContextService } from './context/scene-context.service';
import { DriftModule } from './drift/drift.module';
import { EntriesController } from './entries/entries.controller';
import { EntryListRepository } from './entries/entry-list.repository';
import { CreateBible1763683300000 } from './migrations/1763683300000-create-bible.migration';
import { BibleOfBranches1795200400000 } from './migrations/1795200400000-bible-of-branches.migration';
import { Drift1795300600000 } from './migrations/1795300600000-drift.migration';
import { WorldRunner } from './phases/world/world.runner';
import { ReflectionsController } from './reflections/reflections.controller';
import { ReflectionsRepository } from './reflections/reflections.repository';
import { RosterController } from './roster/roster.controller';
import { RosterRepository } from './roster/roster.repository';

/** Owns the world bible: entries, people, what scenes have changed; and the world phase, which begins it. */
@Module({})
export class WorldBibleModule {
  static forConfig(config: ServiceConfig): DynamicModule {
    return {
      module: WorldBibleModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({
          entities: [],
          migrations: [
            CreateBible1763683300000,
            ResumeRuns1795200000000,
            ForkBranches1795200300000,
            BibleOfBranches1795200400000,
            Drift1795300600000,
          ],
        }),
        MessagingModule,
        BibleModule,
        DriftModule,
        RuntimeModule.forService({ service: 'world-bible', config, queue: 'world', runners: [WorldRunner] }),
      ],
      controllers: [EntriesController, ContextController, RosterController, ReflectionsController],
      providers: [SceneContextService, PastRepository, EntryListRepository, RosterRepository, ReflectionsRepository],
    };
  }
}
