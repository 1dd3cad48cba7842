import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { RuntimeModule, RUNTIME_MIGRATIONS } from '@fiction/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { BibleModule } from './bible/bible.module';
import { ContextController } from './context/context.controller';
import { OwedRepository } from './context/persona/owed.repository';
import { PastRepository } from './context/persona/past.repository';
import { SceneContextService } from './context/scene-context.service';
import { DeltaListRepository } from './deltas/delta-list.repository';
import { DeltasRepository } from './deltas/deltas.repository';
import { LockedFactAlerts } from './deltas/locked-fact.alerts';
import { PastDeltasRepository } from './deltas/past-deltas.repository';
import { EditsController } from './edits/edits.controller';
import { EditsService } from './edits/edits.service';
import { EntryEditsRepository } from './edits/entry-edits.repository';
import { SharedEdits } from './edits/shared-edits';
import { DriftModule } from './drift/drift.module';
import { EntriesController } from './entries/entries.controller';
import { EntryListRepository } from './entries/entry-list.repository';
import { EntryViews } from './entries/entry-views';
import { ShowEntryController } from './entries/show-entry.controller';
import { MentionListRepository } from './mentions/mention-list.repository';
import { CreateBible1763683300000 } from './migrations/1763683300000-create-bible.migration';
import { BibleOfBranches1795200400000 } from './migrations/1795200400000-bible-of-branches.migration';
import { LoreByPeople1795300300000 } from './migrations/1795300300000-lore-by-people.migration';
import { LivingBible1795300400000 } from './migrations/1795300400000-living-bible.migration';
import { PersonasAndObligations1795300500000 } from './migrations/1795300500000-personas-and-obligations.migration';
import { ObligationsModule } from './obligations/obligations.module';
import { PersonasModule } from './personas/personas.module';
import { Drift1795300600000 } from './migrations/1795300600000-drift.migration';
import { DriftUnscored1795300800000 } from './migrations/1795300800000-drift-unscored.migration';
import { DriftInOrder1795401300000 } from './migrations/1795401300000-drift-in-order.migration';
import { ObligationNotices1795400100000 } from './migrations/1795400100000-obligation-notices.migration';
import { WorldRunner } from './phases/world/world.runner';
import { FilingService } from './reflections/filing.service';
import { ReflectionsController } from './reflections/reflections.controller';
import { ReflectionsRepository } from './reflections/reflections.repository';
import { SceneFiling } from './reflections/scene-filing';
import { SceneObligations } from './reflections/scene-obligations';
import { RosterController } from './roster/roster.controller';
import { RosterRepository } from './roster/roster.repository';

const DELTA_PROVIDERS = [
  DeltasRepository,
  DeltaListRepository,
  PastDeltasRepository,
  LockedFactAlerts,
  MentionListRepository,
];
const FILING_PROVIDERS = [FilingService, SceneFiling, ReflectionsRepository, SceneObligations];
const EDIT_PROVIDERS = [EditsService, EntryEditsRepository, SharedEdits];

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
            ...RUNTIME_MIGRATIONS,
            CreateBible1763683300000,
            BibleOfBranches1795200400000,
            LoreByPeople1795300300000,
            LivingBible1795300400000,
            PersonasAndObligations1795300500000,
            Drift1795300600000,
            DriftUnscored1795300800000,
            FasterCompression1795400200000,
            ObligationNotices1795400100000,
            DriftInOrder1795401300000,
          ],
        }),
        MessagingModule,
        BibleModule,
        ObligationsModule,
        PersonasModule,
        DriftModule,
        RuntimeModule.forService({ service: 'world-bible', config, queue: 'world', runners: [WorldRunner] }),
      ],
      controllers: [
        EntriesController,
        ShowEntryController,
        EditsController,
        ContextController,
        RosterController,
        ReflectionsController,
      ],
      providers: [
        SceneContextService,
        OwedRepository,
        PastRepository,
        EntryListRepository,
        EntryViews,
        RosterRepository,
        ...FILING_PROVIDERS,
        ...DELTA_PROVIDERS,
        ...EDIT_PROVIDERS,
      ],
    };
  }
}
