import { listDrafts, listScenes, readScene } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { BranchQueryDto, SmallPageQueryDto } from '../paging/page-query.dto';
import { DraftPageDto, SceneDto, SceneListQueryDto, ScenePageDto } from './book.dto';

@ApiTags('book')
@Controller('fiction/plans/:planId/scenes')
@RequiresRole('viewer')
export class ScenesController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Scene designs, in reading order' })
  @ZodResponse({ status: 200, type: ScenePageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, cursor, limit, chapter }: SceneListQueryDto) {
    return this.requester.ask(listScenes, {
      planId,
      branch: await this.branches.of(planId, branch),
      cursor,
      limit,
      chapter,
    });
  }

  @Get(':sceneId')
  @ApiOperation({ summary: 'One scene design' })
  @ZodResponse({ status: 200, type: SceneDto })
  @ApiProblems(400, 404)
  async read(@Param('planId') planId: string, @Param('sceneId') sceneId: string, @Query() { branch }: BranchQueryDto) {
    return this.requester.ask(readScene, { planId, sceneId, branch: await this.branches.of(planId, branch) });
  }

  @Get(':sceneId/drafts')
  @ApiOperation({ summary: 'Draft versions of a scene, each with its metrics and critique' })
  @ZodResponse({ status: 200, type: DraftPageDto })
  @ApiProblems(400, 404)
  async drafts(
    @Param('planId') planId: string,
    @Param('sceneId') sceneId: string,
    @Query() { branch: named, cursor, limit }: SmallPageQueryDto,
  ) {
    const branch = await this.branches.of(planId, named);
    const page = await this.requester.ask(listDrafts, { planId, sceneId, branch, cursor, limit });
    // Who keeps drafts does not know whether there is such a scene.
    if (page.items.length === 0) await this.requester.ask(readScene, { planId, sceneId, branch });
    return page;
  }
}
