import { listProgress } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { ProgressPageDto, ProgressQueryDto } from './progress.dto';

@ApiTags('progress')
@Controller('fiction/plans/:planId/events')
@RequiresRole('viewer')
export class ProgressController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @ApiOperation({ summary: "A plan's history after `afterSeq`, oldest first" })
  @ZodResponse({ status: 200, type: ProgressPageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() query: ProgressQueryDto) {
    const afterSeq = query.afterSeq ?? query.cursor ?? 0;
    const { events, lastSeq } = await this.requester.ask(listProgress, { planId, afterSeq, limit: query.limit });
    const last = events.at(-1)?.seq;
    return { items: events, lastSeq, nextCursor: last !== undefined && last < lastSeq ? String(last) : null };
  }
}
