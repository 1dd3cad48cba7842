import { Module } from '@nestjs/common';
import { BriefModule } from '../brief/brief.module';
import { PlansController } from './plans.controller';
import { PlansService } from './plans.service';

@Module({ imports: [BriefModule], controllers: [PlansController], providers: [PlansService] })
export class PlansModule {}
