import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { BacklogController } from './backlog.controller';
import { ControlsController } from './controls.controller';
import { ItemViews } from './item-views';

@Module({ imports: [BranchesModule], controllers: [BacklogController, ControlsController], providers: [ItemViews] })
export class BacklogModule {}
