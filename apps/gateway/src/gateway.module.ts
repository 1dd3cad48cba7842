import { MessagingModule } from '@fiction/messaging';
import { DatabaseModule, FasterCompression1795400200000, PlatformModule, type ServiceConfig } from '@fiction/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessModule } from './access/access.module';
import { AlertsModule } from './alerts/alerts.module';
import { BacklogModule } from './backlog/backlog.module';
import { AuditModule } from './audit/audit.module';
import { BookModule } from './book/book.module';
import { BranchesModule } from './branches/branches.module';
import { DeadLettersModule } from './dead-letters/dead-letters.module';
import { DriftModule } from './drift/drift.module';
import { FeedModule } from './feed/feed.module';
import { InputPipe } from './http/input-pipe';
import { JsonBodyInterceptor } from './http/json-body.interceptor';
import { UndeclaredQueryInterceptor } from './http/undeclared-query.interceptor';
import { ProblemFilter } from './problems/problem.filter';
import { LoreModule } from './lore/lore.module';
import { ManuscriptModule } from './manuscript/manuscript.module';
import { First1700000000000 } from './migrations/1700000000000-first.migration';
import { TokenManagement1764000000000 } from './migrations/1764000000000-token-management.migration';
import { ObligationsModule } from './obligations/obligations.module';
import { PersonasModule } from './personas/personas.module';
import { PlansModule } from './plans/plans.module';
import { PresenceInterceptor } from './plans/presence.interceptor';
import { ProgressModule } from './progress/progress.module';
import { TokensModule } from './tokens/tokens.module';
import { TranscriptsModule } from './transcripts/transcripts.module';
import { WorldModule } from './world/world.module';

/** The one door: REST, sockets, and who may use them. Everything it tells it asks the other services for. */
@Module({})
export class GatewayModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        PlatformModule.forService(config),
        DatabaseModule.forTables({
          entities: [],
          migrations: [First1700000000000, TokenManagement1764000000000, FasterCompression1795400200000],
        }),
        MessagingModule,
        AccessModule,
        TokensModule,
        AuditModule,
        PlansModule,
        BacklogModule,
        BranchesModule,
        BookModule,
        WorldModule,
        PersonasModule,
        ObligationsModule,
        LoreModule,
        TranscriptsModule,
        ManuscriptModule,
        ProgressModule,
        DeadLettersModule,
        AlertsModule,
        DriftModule,
        FeedModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_INTERCEPTOR, useClass: UndeclaredQueryInterceptor },
        { provide: APP_INTERCEPTOR, useClass: JsonBodyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: PresenceInterceptor },
      ],
    };
  }
}
