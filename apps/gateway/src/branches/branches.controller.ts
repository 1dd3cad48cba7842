import {
  adoptBranch,
  archiveBranch,
  forkBranch,
  InvalidInputError,
  listBranches,
  type BranchChanges,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { noteTargets } from '../audit/audit-targets';
import { boundProblems } from '../brief/binding-problems';
import { ProviderKeys } from '../brief/provider-keys';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, type AskedOnce } from '../http/asked-by';
import { BranchActionDto, BranchListDto, ForkDto } from './branch.dto';
import { ChosenBranch } from './chosen-branch';

/** Lines of a plan: what is finished before the fork point is shared, what comes after is the branch's own. */
@ApiTags('branches')
@Controller('fiction/plans/:planId/branches')
@RequiresRole('writer')
export class BranchesController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
    private readonly keys: ProviderKeys,
  ) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Branches of a plan, oldest first' })
  @ZodResponse({ status: 200, type: BranchListDto })
  @ApiProblems(404)
  async list(@Param('planId') planId: string) {
    return this.requester.ask(listBranches, { planId });
  }

  @Post()
  @ApiOperation({
    summary: 'Fork a plan',
    description:
      'Everything complete is shared and not paid for again, except `at`, the chapters that get a new direction, lore whose entry you give, and everything that depends on them. The branch begins at once.',
  })
  @ActsOnce()
  @ZodResponse({ status: 201, type: BranchActionDto })
  @ApiProblems(400, 404, 409)
  async fork(
    @Param('planId') planId: string,
    @Body() { name, from, at, changes }: ForkDto,
    @Asked() asked: AskedOnce,
    @Req() request: Request,
  ) {
    noteTargets(request, { branch: name });
    const parent = await this.branches.of(planId, from);
    await this.checkBindings(changes?.bindings);
    return this.requester.ask(forkBranch, { ...asked, planId, name, from: parent, at, changes });
  }

  /** As of a brief: what cannot be asked is refused before the rest of the branch is paid for. */
  private async checkBindings(bindings: BranchChanges['bindings']): Promise<void> {
    if (bindings === undefined) return;
    const problems = boundProblems(bindings, await this.keys.providers());
    if (problems.length === 0) return;
    throw new InvalidInputError(
      'The fork cannot use these bindings; no branch was made.',
      problems.map(({ field, message }) => ({ field: `changes.${field}`, message })),
    );
  }

  @Post(':branch/adopt')
  @HttpCode(200)
  @RequiresRole('operator')
  @ApiOperation({ summary: 'Make a branch the primary one: its manuscript becomes the book; nothing is deleted' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: BranchActionDto })
  @ApiProblems(404, 409)
  async adopt(@Param('planId') planId: string, @Param('branch') branch: string, @Asked() asked: AskedOnce) {
    return this.requester.ask(adoptBranch, { ...asked, planId, branch });
  }

  @Post(':branch/archive')
  @HttpCode(200)
  @RequiresRole('operator')
  @ApiOperation({
    summary: 'Archive a branch for good: it becomes read-only; nothing is deleted',
  })
  @ActsOnce()
  @ZodResponse({ status: 200, type: BranchActionDto })
  @ApiProblems(404, 409)
  async archive(@Param('planId') planId: string, @Param('branch') branch: string, @Asked() asked: AskedOnce) {
    return this.requester.ask(archiveBranch, { ...asked, planId, branch });
  }
}
