import { listBlueprints, listPasses, listScrolls } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { BranchPageQueryDto, SmallPageQueryDto } from '../paging/page-query.dto';
import { BlueprintPageDto, PassPageDto, ScrollPageDto } from './book.dto';

@ApiTags('book')
@Controller('fiction/plans/:planId')
@RequiresRole('viewer')
export class DesignController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get('passes')
  @ApiOperation({ summary: 'Planning passes, in order' })
  @ZodResponse({ status: 200, type: PassPageDto })
  @ApiProblems(400, 404)
  async passes(@Param('planId') planId: string, @Query() { branch, cursor, limit }: BranchPageQueryDto) {
    return this.requester.ask(listPasses, { planId, branch: await this.branches.of(planId, branch), cursor, limit });
  }

  @Get('blueprints')
  @ApiOperation({ summary: 'Blueprints of the chapters' })
  @ZodResponse({ status: 200, type: BlueprintPageDto })
  @ApiProblems(400, 404)
  async blueprints(@Param('planId') planId: string, @Query() { branch, cursor, limit }: BranchPageQueryDto) {
    return this.requester.ask(listBlueprints, {
      planId,
      branch: await this.branches.of(planId, branch),
      cursor,
      limit,
    });
  }

  @Get('scrolls')
  @ApiOperation({ summary: 'Scrolls: the sections and scenes of each chapter' })
  @ZodResponse({ status: 200, type: ScrollPageDto })
  @ApiProblems(400, 404)
  async scrolls(@Param('planId') planId: string, @Query() { branch, cursor, limit }: SmallPageQueryDto) {
    return this.requester.ask(listScrolls, { planId, branch: await this.branches.of(planId, branch), cursor, limit });
  }
}
