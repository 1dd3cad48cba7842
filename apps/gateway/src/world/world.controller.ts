import { listEntries, listRoster } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { BranchPageQueryDto } from '../paging/page-query.dto';
import { EntryListQueryDto, EntryPageDto, RosterPageDto } from './world.dto';

@ApiTags('world')
@Controller('fiction/plans/:planId')
@RequiresRole('viewer')
export class WorldController {
  constructor(private readonly requester: Requester) {}

  @Get('world-bible')
  @ApiOperation({ summary: 'Entries of the world bible, each in its newest version' })
  @ZodResponse({ status: 200, type: EntryPageDto })
  @ApiProblems(400, 404)
  async entries(@Param('planId') planId: string, @Query() { branch, cursor, limit, type }: EntryListQueryDto) {
    return this.requester.ask(listEntries, { planId, branch, cursor, limit, type });
  }

  @Get('roster')
  @ApiOperation({ summary: 'The cast and their personas' })
  @ZodResponse({ status: 200, type: RosterPageDto })
  @ApiProblems(400, 404)
  async roster(@Param('planId') planId: string, @Query() { branch, cursor, limit }: BranchPageQueryDto) {
    return this.requester.ask(listRoster, { planId, branch, cursor, limit });
  }
}
