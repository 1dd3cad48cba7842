import { addEntry, editEntry, lockEntry } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { noteTargets } from '../audit/audit-targets';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, type AskedOnce } from '../http/asked-by';
import { BranchQueryDto } from '../paging/page-query.dto';
import { EntryChangesDto, EntryEditDto, LockDto, NewEntryDto, UnlockDto } from './world.dto';

/** What writers do to the world: scenes that are not begun see it, what is written stays. */
@ApiTags('world')
@Controller('fiction/plans/:planId/world-bible')
@RequiresRole('writer')
export class EntryEditsController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Add an entry' })
  @ActsOnce()
  @ZodResponse({ status: 201, type: EntryEditDto })
  @ApiProblems(400, 404, 409)
  async add(
    @Param('planId') planId: string,
    @Query() { branch: named }: BranchQueryDto,
    @Body() { ...entry }: NewEntryDto,
    @Asked() asked: AskedOnce,
    @Req() request: Request,
  ) {
    const branch = await this.branches.toWrite(planId, named);
    const done = await this.requester.ask(addEntry, { ...entry, ...asked, planId, branch });
    noteTargets(request, { entryId: done.entry.id });
    return done;
  }

  @Post(':entryId/versions')
  @ApiOperation({
    summary: 'Edit an entry',
    description:
      'Adds a version. `expectedVersion` is the one that was read; 409 `ENTRY_CHANGED` if there is a newer one. Name and type cannot be changed; add another name as an alias.',
  })
  @ActsOnce()
  @ZodResponse({ status: 201, type: EntryEditDto })
  @ApiProblems(400, 404, 409)
  async edit(
    @Param('planId') planId: string,
    @Param('entryId') entryId: string,
    @Query() { branch: named }: BranchQueryDto,
    @Body() { name: _name, type: _type, ...changes }: EntryChangesDto,
    @Asked() asked: AskedOnce,
  ) {
    const branch = await this.branches.toWrite(planId, named);
    return this.requester.ask(editEntry, { ...changes, ...asked, planId, branch, entryId });
  }

  @Post(':entryId/lock')
  @HttpCode(200)
  @ApiOperation({ summary: 'Lock an entry or one of its facts: no scene may end or contradict it' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: EntryEditDto })
  @ApiProblems(400, 404, 409)
  async lock(
    @Param('planId') planId: string,
    @Param('entryId') entryId: string,
    @Query() { branch: named }: BranchQueryDto,
    @Body() { factId }: LockDto,
    @Asked() asked: AskedOnce,
  ) {
    const branch = await this.branches.toWrite(planId, named);
    return this.requester.ask(lockEntry, { ...asked, planId, branch, entryId, factId, locked: true });
  }

  @Post(':entryId/unlock')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Unlock an entry or one of its facts; with `applyRefused`, changes that were refused because of the lock take effect',
  })
  @ActsOnce()
  @ZodResponse({ status: 200, type: EntryEditDto })
  @ApiProblems(400, 404, 409)
  async unlock(
    @Param('planId') planId: string,
    @Param('entryId') entryId: string,
    @Query() { branch: named }: BranchQueryDto,
    @Body() { factId, applyRefused }: UnlockDto,
    @Asked() asked: AskedOnce,
  ) {
    const branch = await this.branches.toWrite(planId, named);
    return this.requester.ask(lockEntry, { ...asked, planId, branch, entryId, factId, locked: false, applyRefused });
  }
}
