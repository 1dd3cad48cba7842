import { Global, Module } from '@nestjs/common';
import { OncePerKey } from '../writes/once-per-key';
import { BranchBeginnings } from './branch-beginnings';
import { DesignsRepository } from './designs/designs.repository';
import { ObligationActionsRepository } from './obligation-actions.repository';
import { ObligationOwners } from './obligation-owners';
import { ObligationStates } from './life/obligation-states';
import { ObligationWatch } from './watch/obligation-watch';
import { ObligationSweeper } from './watch/obligation.sweeper';
import { ObligationsController } from './obligations.controller';
import { ObligationsRepository } from './obligations.repository';
import { ObligationsService } from './obligations.service';
import { SharedWith } from './shared-with';
import { TurnsRepository } from './life/turns.repository';

/** What is owed to the reader; global, because reflections add to it and scenes are told of it. */
@Global()
@Module({
  controllers: [ObligationsController],
  providers: [
    BranchBeginnings,
    DesignsRepository,
    ObligationActionsRepository,
    ObligationOwners,
    ObligationStates,
    ObligationSweeper,
    ObligationWatch,
    ObligationsRepository,
    ObligationsService,
    OncePerKey,
    SharedWith,
    TurnsRepository,
  ],
  exports: [ObligationStates, OncePerKey, SharedWith, TurnsRepository],
})
export class ObligationsModule {}
