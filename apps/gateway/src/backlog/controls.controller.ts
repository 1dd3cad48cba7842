import { cancelBranch, pausePlan, resumePlan } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, type AskedOnce } from '../http/asked-by';
import { ActionReplyDto, ResumePlanDto } from './backlog.dto';

/** Stops whole plans and branches, and sets them going again. */
@ApiTags('backlog')
@Controller('fiction/plans/:planId')
@RequiresRole('operator')
export class ControlsController {
  constructor(private readonly requester: Requester) {}

  @Post('pause')
  @HttpCode(202)
  @ApiOperation({ summary: 'Pause a plan: work under way ends, and what is recorded is kept' })
  @ActsOnce()
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async pause(@Param('planId') planId: string, @Asked() asked: AskedOnce) {
    return this.requester.ask(pausePlan, { ...asked, planId });
  }

  @Post('resume')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Resume what was stopped or failed in a plan, on its recorded steps; a higher budget may be given',
  })
  @ActsOnce()
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async resume(@Param('planId') planId: string, @Body() { budget }: ResumePlanDto, @Asked() asked: AskedOnce) {
    return this.requester.ask(resumePlan, { ...asked, planId, budget });
  }

  @Post('branches/:branch/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel everything on a branch that is not complete' })
  @ActsOnce()
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async cancelBranch(@Param('planId') planId: string, @Param('branch') branch: string, @Asked() asked: AskedOnce) {
    return this.requester.ask(cancelBranch, { ...asked, planId, branch });
  }
}
