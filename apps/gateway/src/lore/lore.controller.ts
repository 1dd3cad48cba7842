import { listBranches, listLore, readLore, requireLore, summariseLore } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { noteTargets } from '../audit/audit-targets';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, type AskedOnce } from '../http/asked-by';
import { BranchQueryDto } from '../paging/page-query.dto';
import {
  LoreDetailDto,
  LoreListQueryDto,
  LorePageDto,
  LoreSummaryDto,
  RequiredLoreDto,
  RequireLoreDto,
} from './lore.dto';

/** Most branches that one summary tells of; the newest are left out. */
const MOST_BRANCHES = 100;

/** What the world must establish, and how far that is. */
@ApiTags('lore')
@Controller('fiction/plans/:planId/lore')
@RequiresRole('viewer')
export class LoreController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What the world must establish, by its place in the book, with counts of the whole branch',
  })
  @ZodResponse({ status: 200, type: LorePageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, ...query }: LoreListQueryDto) {
    return this.requester.ask(listLore, { ...query, planId, branch: await this.branches.of(planId, branch) });
  }

  @Get('summary')
  @ApiOperation({ summary: 'Lore of each branch in numbers: counts, breaches, the longest wait' })
  @ZodResponse({ status: 200, type: LoreSummaryDto })
  @ApiProblems(404)
  async summary(@Param('planId') planId: string) {
    const { items } = await this.requester.ask(listBranches, { planId });
    const branches = items.slice(0, MOST_BRANCHES).map(({ name }) => name);
    return this.requester.ask(summariseLore, { planId, branches });
  }

  @Get(':requirementId')
  @ApiOperation({
    summary: 'One requirement: its draft, what asks for it, what waits for it, and its history',
  })
  @ZodResponse({ status: 200, type: LoreDetailDto })
  @ApiProblems(400, 404)
  async read(
    @Param('planId') planId: string,
    @Param('requirementId') requirementId: string,
    @Query() { branch }: BranchQueryDto,
  ) {
    return this.requester.ask(readLore, { planId, requirementId, branch: await this.branches.of(planId, branch) });
  }

  @Post()
  @HttpCode(201)
  @RequiresRole('writer')
  @ApiOperation({
    summary: 'Require something of the world, for the book, a chapter or a scene',
    description: 'If it is already required, that requirement gains a source, and the answer has its id.',
  })
  @ActsOnce()
  @ZodResponse({ status: 201, type: RequiredLoreDto })
  @ApiProblems(400, 404, 409)
  async require(
    @Param('planId') planId: string,
    @Query() { branch: named }: BranchQueryDto,
    @Body() { ...need }: RequireLoreDto,
    @Asked() asked: AskedOnce,
    @Req() request: Request,
  ) {
    const branch = await this.branches.toWrite(planId, named);
    const required = await this.requester.ask(requireLore, { ...asked, planId, branch, ...need });
    noteTargets(request, { requirementId: required.requirementId });
    return required;
  }
}
