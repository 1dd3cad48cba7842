import { Module } from '@nestjs/common';
import { DriftController } from './drift.controller';

@Module({ controllers: [DriftController] })
export class DriftModule {}
