import { listDeltas, listEntries, listMentions, listRoster, readEntry } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { BranchPageQueryDto } from '../paging/page-query.dto';
import {
  DeltaPageDto,
  EntryDto,
  EntryListQueryDto,
  EntryPageDto,
  EntryQueryDto,
  MentionPageDto,
  RosterPageDto,
  SceneOrEntryQueryDto,
} from './world.dto';

/** The world as it is read. */
@ApiTags('world')
@Controller('fiction/plans/:planId')
@RequiresRole('viewer')
export class WorldController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get('world-bible')
  @ApiOperation({
    summary: 'Entries of the world bible, by name',
    description:
      'With `at`, such as `2.3`, the world as that scene finds it: what holds when it begins, with all that the scenes before it have changed. Without `at`, the world after everything that was written, including facts that have ended.',
  })
  @ZodResponse({ status: 200, type: EntryPageDto })
  @ApiProblems(400, 404)
  async entries(@Param('planId') planId: string, @Query() { branch, ...query }: EntryListQueryDto) {
    return this.requester.ask(listEntries, { ...query, planId, branch: await this.branches.of(planId, branch) });
  }

  @Get('world-bible/deltas')
  @ApiOperation({ summary: 'Changes that scenes have proposed, in the order of the story, and their outcome' })
  @ZodResponse({ status: 200, type: DeltaPageDto })
  @ApiProblems(400, 404)
  async deltas(@Param('planId') planId: string, @Query() { branch, scene, entry, ...query }: SceneOrEntryQueryDto) {
    const of = { planId, branch: await this.branches.of(planId, branch) };
    return this.requester.ask(listDeltas, { ...query, ...of, sceneId: scene, entryId: entry });
  }

  @Get('world-bible/mentions')
  @ApiOperation({ summary: 'Which entries the accepted prose of scenes names, in the order of the story' })
  @ZodResponse({ status: 200, type: MentionPageDto })
  @ApiProblems(400, 404)
  async mentions(@Param('planId') planId: string, @Query() { branch, scene, entry, ...query }: SceneOrEntryQueryDto) {
    const of = { planId, branch: await this.branches.of(planId, branch) };
    return this.requester.ask(listMentions, { ...query, ...of, sceneId: scene, entryId: entry });
  }

  @Get('world-bible/:entryId')
  @ApiOperation({ summary: 'One entry, with the newest of its versions, of the changes to it and of its mentions' })
  @ZodResponse({ status: 200, type: EntryDto })
  @ApiProblems(400, 404)
  async entry(
    @Param('planId') planId: string,
    @Param('entryId') entryId: string,
    @Query() { branch, at }: EntryQueryDto,
  ) {
    return this.requester.ask(readEntry, { planId, branch: await this.branches.of(planId, branch), entryId, at });
  }

  @Get('roster')
  @ApiOperation({ summary: 'The cast and their personas' })
  @ZodResponse({ status: 200, type: RosterPageDto })
  @ApiProblems(400, 404)
  async roster(@Param('planId') planId: string, @Query() { branch, cursor, limit }: BranchPageQueryDto) {
    return this.requester.ask(listRoster, { planId, branch: await this.branches.of(planId, branch), cursor, limit });
  }
}
