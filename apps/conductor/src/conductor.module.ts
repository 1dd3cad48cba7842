import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { First1700000000000 } from './migrations/1700000000000-first.migration';
import { ProviderCatalogue } from './providers/provider-catalogue';
import { ProvidersController } from './providers/providers.controller';

/** Owns the lanes: where work may run, and who works there. */
@Module({})
export class ConductorModule {
  static forConfig(config: ServiceConfig): DynamicModule {
    return {
      module: ConductorModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({ entities: [], migrations: [First1700000000000, FasterCompression1795400200000] }),
        MessagingModule,
      ],
      controllers: [ProvidersController],
      providers: [ProviderCatalogue],
    };
  }
}
