import { Module } from '@nestjs/common';
import { EntryEditsController } from './entry-edits.controller';
import { WorldController } from './world.controller';

@Module({ controllers: [WorldController, EntryEditsController] })
export class WorldModule {}
