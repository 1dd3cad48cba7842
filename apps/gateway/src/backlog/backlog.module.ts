import { Module } from '@nestjs/common';
import { BacklogController } from './backlog.controller';
import { ControlsController } from './controls.controller';
import { ItemViews } from './item-views';

@Module({ controllers: [BacklogController, ControlsController], providers: [ItemViews] })
export class BacklogModule {}
