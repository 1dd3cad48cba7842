import { Module } from '@nestjs/common';
import { DesignController } from './design.controller';
import { ScenesController } from './scenes.controller';

@Module({ controllers: [DesignController, ScenesController] })
export class BookModule {}
