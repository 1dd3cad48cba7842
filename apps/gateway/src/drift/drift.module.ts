import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { DriftController } from './drift.controller';

@Module({ imports: [BranchesModule], controllers: [DriftController] })
export class DriftModule {}
