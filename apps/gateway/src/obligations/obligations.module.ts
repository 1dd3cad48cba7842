import { Module } from '@nestjs/common';
import { ObligationsController } from './obligations.controller';

@Module({ controllers: [ObligationsController] })
export class ObligationsModule {}
