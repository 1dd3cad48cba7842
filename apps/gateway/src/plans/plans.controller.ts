import type { Brief } from '@fiction/contracts';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { noteTargets } from '../audit/audit-targets';
import { Caller, type CallerIdentity } from '../access/caller';
import { RequiresRole } from '../access/requires-role.decorator';
import { parseJsonBrief, parseMarkdownBrief } from '../brief/brief.parser';
import type { BindableProviders } from '../brief/provider-catalogue';
import { ProviderKeys } from '../brief/provider-keys';
import { ApiProblems } from '../http/api-problems.decorator';
import { UnsupportedMediaTypeError } from '../http/http.errors';
import { IdempotencyKey } from '../http/idempotency-key';
import { BriefDto, CreatedPlanDto, PlanListQueryDto, PlanPageDto, PlanViewDto } from './plan.dto';
import { PlansService } from './plans.service';

const BRIEF_MEDIA_TYPES = ['text/markdown', 'application/json'];

@ApiTags('plans')
@Controller('fiction/plans')
export class PlansController {
  constructor(
    private readonly plans: PlansService,
    private readonly keys: ProviderKeys,
  ) {}

  @Post()
  @RequiresRole('writer')
  @ApiOperation({ summary: 'Start a book from a brief' })
  @ApiExtraModels(BriefDto)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key and brief give the same plan' })
  @ApiConsumes(...BRIEF_MEDIA_TYPES)
  @ApiBody({
    required: true,
    description: 'Markdown: YAML front matter and the premise. JSON: the same fields and `text`.',
    schema: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(BriefDto) }] },
  })
  @ApiCreatedResponse({ type: CreatedPlanDto.Output, description: 'A new plan' })
  @ApiOkResponse({ type: CreatedPlanDto.Output, description: 'The plan that the key has made before' })
  @ApiProblems(400, 409, 413, 415)
  async create(
    @Req() request: Request,
    @Body() body: unknown,
    @IdempotencyKey() key: string | null,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedPlanDto> {
    const brief = readBrief(request, body, await this.keys.providers());
    const plan = await this.plans.create(brief, key, caller);
    noteTargets(request, { planId: plan.id });
    response.status(plan.created ? 201 : 200).location(`/api/fiction/plans/${encodeURIComponent(plan.id)}`);
    return plan;
  }

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Plans, newest first' })
  @ZodResponse({ status: 200, type: PlanPageDto })
  @ApiProblems(400)
  async list(@Query() query: PlanListQueryDto) {
    return this.plans.list(query);
  }

  @Get(':planId')
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'A plan: its whole brief and its progress' })
  @ZodResponse({ status: 200, type: PlanViewDto })
  @ApiProblems(400, 404)
  async read(@Param('planId') planId: string) {
    return this.plans.read(planId);
  }
}

function readBrief(request: Request, body: unknown, providers: BindableProviders): Brief {
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'text/markdown') {
    return parseMarkdownBrief(Buffer.isBuffer(body) ? body : Buffer.alloc(0), providers);
  }
  if (mediaType === 'application/json') return parseJsonBrief(body, providers);
  throw new UnsupportedMediaTypeError(BRIEF_MEDIA_TYPES);
}
