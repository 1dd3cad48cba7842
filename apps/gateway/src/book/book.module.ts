import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { DesignController } from './design.controller';
import { ScenesController } from './scenes.controller';

@Module({ imports: [BranchesModule], controllers: [DesignController, ScenesController] })
export class BookModule {}
