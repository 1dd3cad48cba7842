import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { ObligationsController } from './obligations.controller';

@Module({ imports: [BranchesModule], controllers: [ObligationsController] })
export class ObligationsModule {}
