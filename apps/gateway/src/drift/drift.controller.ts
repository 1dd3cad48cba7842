import { listDrift, readDrift } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { DriftListQueryDto, DriftPageDto, DriftScorePageDto, DriftScoreQueryDto } from './drift.dto';

@ApiTags('drift')
@Controller('fiction/plans/:planId/drift')
@RequiresRole('viewer')
export class DriftController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How far each persona is from its baseline, by its latest scene' })
  @ZodResponse({ status: 200, type: DriftPageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, cursor, limit, personaId }: DriftListQueryDto) {
    return this.requester.ask(listDrift, {
      planId,
      branch: await this.branches.of(planId, branch),
      cursor,
      limit,
      personaId,
    });
  }

  @Get(':personaId')
  @ApiOperation({ summary: 'Scores of a persona with their parts, in the order of the story' })
  @ZodResponse({ status: 200, type: DriftScorePageDto })
  @ApiProblems(400, 404)
  async read(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Query() { cursor, limit }: DriftScoreQueryDto,
  ) {
    await this.branches.ofPersona(planId, personaId);
    return this.requester.ask(readDrift, { planId, personaId, cursor, limit });
  }
}
