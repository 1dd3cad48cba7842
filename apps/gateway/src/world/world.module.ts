import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { EntryEditsController } from './entry-edits.controller';
import { WorldController } from './world.controller';

@Module({ imports: [BranchesModule], controllers: [WorldController, EntryEditsController] })
export class WorldModule {}
