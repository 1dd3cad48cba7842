import {
  cancelItem,
  listBacklog,
  listBacklogActions,
  listCheckpoints,
  MOST_GRAPH_NODES,
  readBacklogItem,
  readGraph,
  resumeItem,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, type AskedOnce } from '../http/asked-by';
import { BranchPageQueryDto } from '../paging/page-query.dto';
import {
  ActionPageDto,
  ActionReplyDto,
  ActionsQueryDto,
  BacklogPageDto,
  BacklogQueryDto,
  CheckpointPageDto,
  GraphDto,
  GraphQueryDto,
  ItemDto,
  ResumeDto,
  ResumedItemDto,
} from './backlog.dto';
import { ItemViews } from './item-views';

/** The plan graph as people work with it: what there is to do, what it waits for, and how to get it going. */
@ApiTags('backlog')
@Controller('fiction/plans/:planId')
@RequiresRole('viewer')
export class BacklogController {
  constructor(
    private readonly requester: Requester,
    private readonly views: ItemViews,
    private readonly branches: ChosenBranch,
  ) {}

  @Get('backlog')
  @ApiOperation({ summary: 'Items of a branch, last changed first or in the order of the book, with counts' })
  @ZodResponse({ status: 200, type: BacklogPageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, ...query }: BacklogQueryDto) {
    const page = await this.requester.ask(listBacklog, {
      ...query,
      planId,
      branch: await this.branches.of(planId, branch),
    });
    return { ...page, items: await this.views.of(planId, page.items) };
  }

  @Get('backlog/actions')
  @ApiOperation({ summary: 'Who did what to which item, when and from where, newest first; refusals too' })
  @ZodResponse({ status: 200, type: ActionPageDto })
  @ApiProblems(400, 404)
  async actions(@Param('planId') planId: string, @Query() { item, cursor, limit }: ActionsQueryDto) {
    return this.requester.ask(listBacklogActions, { planId, itemId: item, cursor, limit });
  }

  @Get('backlog/:itemId')
  @ApiOperation({ summary: 'One item, with everything that happened to it' })
  @ZodResponse({ status: 200, type: ItemDto })
  @ApiProblems(404)
  async read(@Param('planId') planId: string, @Param('itemId') itemId: string) {
    return this.views.whole(await this.requester.ask(readBacklogItem, { planId, itemId }));
  }

  @Post('backlog/:itemId/resume')
  @HttpCode(202)
  @RequiresRole('operator')
  @ApiOperation({
    summary: 'Resume exactly this item, from its recorded steps',
    description:
      'Names the task as the item shows it in `metadata`, which may be sent as it is. With `rebind`, another provider or model applies from the first step that is not recorded yet.',
  })
  @ActsOnce()
  @ZodResponse({ status: 202, type: ResumedItemDto })
  @ApiProblems(400, 404, 409, 422)
  async resume(
    @Param('planId') planId: string,
    @Param('itemId') itemId: string,
    @Body() { branch, rebind, ...metadata }: ResumeDto,
    @Asked() asked: AskedOnce,
  ) {
    const done = await this.requester.ask(resumeItem, {
      ...asked,
      planId,
      itemId,
      branch,
      rebind,
      metadata,
    });
    const [item] = await this.views.of(planId, [done.item]);
    return { ...done, item: item! };
  }

  @Post('backlog/:itemId/cancel')
  @HttpCode(202)
  @RequiresRole('operator')
  @ApiOperation({ summary: 'Cancel an item; its record is kept, and a resume continues from there' })
  @ActsOnce()
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async cancel(@Param('planId') planId: string, @Param('itemId') itemId: string, @Asked() asked: AskedOnce) {
    return this.requester.ask(cancelItem, { ...asked, planId, itemId });
  }

  @Get('checkpoints')
  @ApiOperation({ summary: 'How far the runs of a plan have come, ordered by id' })
  @ZodResponse({ status: 200, type: CheckpointPageDto })
  @ApiProblems(400, 404)
  async checkpoints(@Param('planId') planId: string, @Query() { branch, cursor, limit }: BranchPageQueryDto) {
    return this.requester.ask(listCheckpoints, {
      planId,
      branch: await this.branches.of(planId, branch),
      cursor,
      limit,
    });
  }

  @Get('graph')
  @ApiOperation({
    summary: 'The plan graph of a branch: nodes and what each waits for, or how many there are in each chapter',
    description: `Without a \`view\`, more than ${MOST_GRAPH_NODES} nodes are summarised by chapter, unless a page or a chapter is asked for. Chapter 0 is what comes before the first.`,
  })
  @ZodResponse({ status: 200, type: GraphDto })
  @ApiProblems(400, 404)
  async graph(@Param('planId') planId: string, @Query() { branch, ...query }: GraphQueryDto) {
    return this.requester.ask(readGraph, { ...query, planId, branch: await this.branches.of(planId, branch) });
  }
}
