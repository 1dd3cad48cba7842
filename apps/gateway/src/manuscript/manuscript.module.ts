import { Module } from '@nestjs/common';
import { BranchesModule } from '../branches/branches.module';
import { BriefModule } from '../brief/brief.module';
import { BookSource } from './book/book-source';
import { ManuscriptController } from './manuscript.controller';
import { ManuscriptService } from './manuscript.service';

@Module({
  imports: [BranchesModule, BriefModule],
  controllers: [ManuscriptController],
  providers: [BookSource, ManuscriptService],
})
export class ManuscriptModule {}
