import { Module } from '@nestjs/common';
import { BranchesController } from './branches.controller';
import { ChosenBranch } from './chosen-branch';
import { CompareController } from './compare.controller';

@Module({ controllers: [CompareController, BranchesController], providers: [ChosenBranch], exports: [ChosenBranch] })
export class BranchesModule {}
