import {
  actOnObligation,
  listObligations,
  plantObligation,
  readBacklogItem,
  readObligation,
  type ObligationAction,
} from '@fiction/contracts';
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
  NewObligationDto,
  ObligationActionDto,
  ObligationDto,
  ObligationPageDto,
  ObligationQueryDto,
  ObligationReplyDto,
} from './obligation.dto';

interface Acting {
  planId: string;
  branch: string | undefined;
  obligationId: string;
  body: { note: string | null; itemId: string | null; actionId: string | null };
  asked: AskedOnce;
}

/** What is owed to the reader, branch by branch. */
@ApiTags('obligations')
@Controller('fiction/plans/:planId/obligations')
@RequiresRole('writer')
export class ObligationsController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Obligations of a branch in the order in which the story plants them, with counts' })
  @ZodResponse({ status: 200, type: ObligationPageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, ...query }: ObligationQueryDto) {
    return this.requester.ask(listObligations, { ...query, planId, branch: await this.branches.of(planId, branch) });
  }

  @Get(':obligationId')
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'An obligation, with everything that happened to it, oldest first' })
  @ZodResponse({ status: 200, type: ObligationDto })
  @ApiProblems(400, 404)
  async read(
    @Param('planId') planId: string,
    @Param('obligationId') obligationId: string,
    @Query() { branch }: BranchQueryDto,
  ) {
    return this.requester.ask(readObligation, { planId, branch: await this.branches.of(planId, branch), obligationId });
  }

  @Post()
  @ApiOperation({ summary: 'Plant an obligation; 409 `OBLIGATION_EXISTS` if one with these words exists' })
  @ActsOnce()
  @ZodResponse({ status: 201, type: ObligationReplyDto })
  @ApiProblems(400, 404, 409)
  async plant(
    @Param('planId') planId: string,
    @Query() { branch: named }: BranchQueryDto,
    @Body() { ...body }: NewObligationDto,
    @Asked() asked: AskedOnce,
    @Req() request: Request,
  ) {
    const branch = await this.branches.toWrite(planId, named);
    await this.checkItem(planId, body.itemId);
    const done = await this.requester.ask(plantObligation, { ...asked, ...body, planId, branch });
    noteTargets(request, { obligationId: done.obligation.obligationId });
    return done;
  }

  @Post(':obligationId/annotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add a note to the history of an obligation' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: ObligationReplyDto })
  @ApiProblems(400, 404, 409)
  async annotate(
    @Param('planId') planId: string,
    @Param('obligationId') obligationId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { ...body }: ObligationActionDto,
    @Asked() asked: AskedOnce,
  ) {
    return this.act('annotate', { planId, branch, obligationId, body, asked });
  }

  @Post(':obligationId/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Resolve an obligation: it is kept; scenes do not reopen it' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: ObligationReplyDto })
  @ApiProblems(400, 404, 409)
  async resolve(
    @Param('planId') planId: string,
    @Param('obligationId') obligationId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { ...body }: ObligationActionDto,
    @Asked() asked: AskedOnce,
  ) {
    return this.act('resolve', { planId, branch, obligationId, body, asked });
  }

  @Post(':obligationId/dismiss')
  @HttpCode(200)
  @ApiOperation({ summary: 'Dismiss an obligation: it need not be kept; scenes do not reopen it' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: ObligationReplyDto })
  @ApiProblems(400, 404, 409)
  async dismiss(
    @Param('planId') planId: string,
    @Param('obligationId') obligationId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { ...body }: ObligationActionDto,
    @Asked() asked: AskedOnce,
  ) {
    return this.act('dismiss', { planId, branch, obligationId, body, asked });
  }

  @Post(':obligationId/reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reopen an obligation: it is owed after all' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: ObligationReplyDto })
  @ApiProblems(400, 404, 409)
  async reopen(
    @Param('planId') planId: string,
    @Param('obligationId') obligationId: string,
    @Query() { branch }: BranchQueryDto,
    @Body() { ...body }: ObligationActionDto,
    @Asked() asked: AskedOnce,
  ) {
    return this.act('reopen', { planId, branch, obligationId, body, asked });
  }

  private async act(action: ObligationAction, { planId, branch: named, obligationId, body, asked }: Acting) {
    const branch = await this.branches.toWrite(planId, named);
    await this.checkItem(planId, body.itemId);
    return this.requester.ask(actOnObligation, { ...asked, ...body, planId, branch, obligationId, action });
  }

  /** The history names items for good, and the world bible knows none of them. @throws BACKLOG_ITEM_NOT_FOUND */
  private async checkItem(planId: string, itemId: string | null): Promise<void> {
    if (itemId !== null) await this.requester.ask(readBacklogItem, { planId, itemId });
  }
}
