import { Module } from '@nestjs/common';
import { BriefModule } from '../brief/brief.module';
import { BranchesController } from './branches.controller';
import { ChosenBranch } from './chosen-branch';
import { CompareController } from './compare.controller';

@Module({
  imports: [BriefModule],
  controllers: [CompareController, BranchesController],
  providers: [ChosenBranch],
  exports: [ChosenBranch],
})
export class BranchesModule {}
