import { approveLore, fulfilLore, rejectLore, waiveLore } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, type AskedOnce } from '../http/asked-by';
import { BranchQueryDto } from '../paging/page-query.dto';
import { ApproveLoreDto, FulfilLoreDto, LoreActionDto, RejectLoreDto, WaiveLoreDto } from './lore.dto';

/** What people do about what the world must establish. Who did it and from where is in the requirement's timeline. */
@ApiTags('lore')
@Controller('fiction/plans/:planId/lore/:requirementId')
@RequiresRole('operator')
export class LoreHandlingController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Post('fulfill')
  @HttpCode(202)
  @RequiresRole('writer')
  @ApiOperation({
    summary: 'Fulfil a requirement now: have it drafted, or supply the entry or a text yourself',
    description: 'What a person supplies is filed as it stands: no model is asked.',
  })
  @ActsOnce()
  @ZodResponse({ status: 202, type: LoreActionDto })
  @ApiProblems(400, 404, 409)
  async fulfil(
    @Param('planId') planId: string,
    @Param('requirementId') requirementId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { entry, text }: FulfilLoreDto,
    @Asked() asked: AskedOnce,
  ) {
    const which = await this.which(planId, requirementId, branch);
    return this.requester.ask(fulfilLore, { ...asked, ...which, entry, text });
  }

  @Post('approve')
  @HttpCode(202)
  @ApiOperation({ summary: 'Approve the waiting draft: it enters the world bible' })
  @ActsOnce()
  @ZodResponse({ status: 202, type: LoreActionDto })
  @ApiProblems(400, 404, 409)
  async approve(
    @Param('planId') planId: string,
    @Param('requirementId') requirementId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() _none: ApproveLoreDto,
    @Asked() asked: AskedOnce,
  ) {
    const which = await this.which(planId, requirementId, branch);
    return this.requester.ask(approveLore, { ...asked, ...which });
  }

  @Post('reject')
  @HttpCode(202)
  @ApiOperation({ summary: 'Reject the waiting draft, with a reason: it is drafted again' })
  @ActsOnce()
  @ZodResponse({ status: 202, type: LoreActionDto })
  @ApiProblems(400, 404, 409)
  async reject(
    @Param('planId') planId: string,
    @Param('requirementId') requirementId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { reason }: RejectLoreDto,
    @Asked() asked: AskedOnce,
  ) {
    const which = await this.which(planId, requirementId, branch);
    return this.requester.ask(rejectLore, { ...asked, ...which, reason });
  }

  @Post('waive')
  @HttpCode(202)
  @RequiresRole('writer')
  @ApiOperation({ summary: 'Waive a requirement: nothing is established, and what waits continues' })
  @ActsOnce()
  @ZodResponse({ status: 202, type: LoreActionDto })
  @ApiProblems(400, 404, 409)
  async waive(
    @Param('planId') planId: string,
    @Param('requirementId') requirementId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { note }: WaiveLoreDto,
    @Asked() asked: AskedOnce,
  ) {
    const which = await this.which(planId, requirementId, branch);
    return this.requester.ask(waiveLore, { ...asked, ...which, note });
  }

  private async which(planId: string, requirementId: string, branch: string | undefined) {
    return { planId, requirementId, branch: await this.branches.toWrite(planId, branch) };
  }
}
