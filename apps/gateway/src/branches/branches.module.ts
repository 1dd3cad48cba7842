import { Module } from '@nestjs/common';
import { BranchesController } from './branches.controller';
import { CompareController } from './compare.controller';

@Module({ controllers: [CompareController, BranchesController] })
export class BranchesModule {}
