import { listTranscripts, PHASE_OWNER, PHASE_SERVICES, phaseSchema, type ServiceName } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { pageAcross } from '../paging/service-pages';
import { TranscriptListQueryDto, TranscriptPageDto } from './transcript.dto';

@ApiTags('transcripts')
@Controller('fiction/plans/:planId/transcripts')
@RequiresRole('viewer')
export class TranscriptsController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Transcripts of model calls, service by service, oldest first in each' })
  @ZodResponse({ status: 200, type: TranscriptPageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() query: TranscriptListQueryDto) {
    const { cursor, service, ...rest } = query;
    if (rest.branch !== undefined) await this.branches.of(planId, rest.branch);
    return pageAcross(service === undefined ? servicesOf(query.runId) : [service], cursor, (name, inner) =>
      this.requester.ask(listTranscripts(name), { planId, ...rest, cursor: inner }),
    );
  }
}

/** A run's name tells its phase, and the phase the service that has its transcripts. */
function servicesOf(runId: string | undefined): ServiceName[] {
  const phase = phaseSchema.safeParse(runId?.split(':')[1]);
  return phase.success ? [PHASE_OWNER[phase.data]] : PHASE_SERVICES;
}
