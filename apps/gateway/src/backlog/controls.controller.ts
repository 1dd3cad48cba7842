import { cancelBranch, pausePlan, resumePlan, type AskedBy } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { By, SOURCE_HEADER } from '../http/asked-by';
import { IDEMPOTENCY, IdempotencyKey } from '../http/idempotency-key';
import { ActionReplyDto, ResumePlanDto } from './backlog.dto';

/** Stops whole plans and branches, and sets them going again. */
@ApiTags('backlog')
@Controller('fiction/plans/:planId')
@RequiresRole('operator')
export class ControlsController {
  constructor(private readonly requester: Requester) {}

  @Post('pause')
  @HttpCode(202)
  @ApiOperation({ summary: 'Stop a plan: what is under way ends with what is recorded kept' })
  @ApiHeader(IDEMPOTENCY)
  @ApiHeader(SOURCE_HEADER)
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async pause(@Param('planId') planId: string, @By() by: AskedBy, @IdempotencyKey() idempotencyKey: string | null) {
    return this.requester.ask(pausePlan, { ...by, planId, idempotencyKey });
  }

  @Post('resume')
  @HttpCode(202)
  @ApiOperation({ summary: 'Set a paused plan going again, on its recorded steps; a higher budget may be given' })
  @ApiHeader(IDEMPOTENCY)
  @ApiHeader(SOURCE_HEADER)
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async resume(
    @Param('planId') planId: string,
    @Body() { budget }: ResumePlanDto,
    @By() by: AskedBy,
    @IdempotencyKey() idempotencyKey: string | null,
  ) {
    return this.requester.ask(resumePlan, { ...by, planId, budget, idempotencyKey });
  }

  @Post('branches/:branch/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'End everything of a branch that is not complete' })
  @ApiHeader(IDEMPOTENCY)
  @ApiHeader(SOURCE_HEADER)
  @ZodResponse({ status: 202, type: ActionReplyDto })
  @ApiProblems(400, 404, 409)
  async cancelBranch(
    @Param('planId') planId: string,
    @Param('branch') branch: string,
    @By() by: AskedBy,
    @IdempotencyKey() idempotencyKey: string | null,
  ) {
    return this.requester.ask(cancelBranch, { ...by, planId, branch, idempotencyKey });
  }
}
