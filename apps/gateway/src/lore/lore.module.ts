import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { LoreHandlingController } from './lore-handling.controller';
import { LoreController } from './lore.controller';

@Module({ imports: [BranchesModule], controllers: [LoreController, LoreHandlingController] })
export class LoreModule {}
