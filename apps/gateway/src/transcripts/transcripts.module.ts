import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { TranscriptsController } from './transcripts.controller';

@Module({ imports: [BranchesModule], controllers: [TranscriptsController] })
export class TranscriptsModule {}
