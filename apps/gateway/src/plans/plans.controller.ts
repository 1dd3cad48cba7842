import { InvalidInputError, type Brief } from '@fiction/contracts';
import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Caller, type CallerIdentity } from '../access/caller';
import { RequiresRole } from '../access/requires-role.decorator';
import { parseJsonBrief, parseMarkdownBrief } from '../brief/brief.parser';
import { ProviderCatalogue } from '../brief/provider-catalogue';
import { ApiProblems } from '../http/api-problems.decorator';
import { UnsupportedMediaTypeError } from '../http/http.errors';
import { BriefDto, CreatedPlanDto, PlanListQueryDto, PlanPageDto, PlanViewDto } from './plan.dto';
import { PlansService } from './plans.service';

const BRIEF_MEDIA_TYPES = ['text/markdown', 'application/json'];

@ApiTags('plans')
@Controller('fiction/plans')
export class PlansController {
  constructor(
    private readonly plans: PlansService,
    private readonly providers: ProviderCatalogue,
  ) {}

  @Post()
  @RequiresRole('writer')
  @ApiOperation({ summary: 'Start a book from a brief' })
  @ApiExtraModels(BriefDto)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key gives the same plan' })
  @ApiConsumes(...BRIEF_MEDIA_TYPES)
  @ApiBody({
    required: true,
    description: 'Markdown: YAML front matter and the premise. JSON: the same fields and `text`.',
    schema: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(BriefDto) }] },
  })
  @ApiCreatedResponse({ type: CreatedPlanDto.Output, description: 'The plan, new (201) or made before (200)' })
  @ApiProblems(400, 413, 415)
  async create(
    @Req() request: Request,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedPlanDto> {
    const idempotencyKey = checkKey(key);
    const plan = await this.plans.create(this.brief(request, body), idempotencyKey, caller.name);
    response.status(plan.created ? 201 : 200).location(`/api/fiction/plans/${encodeURIComponent(plan.id)}`);
    return plan;
  }

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Plans, the newest first' })
  @ZodResponse({ status: 200, type: PlanPageDto })
  @ApiProblems(400)
  async list(@Query() query: PlanListQueryDto) {
    return this.plans.list(query);
  }

  @Get(':planId')
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'A plan, its brief with nothing left out, and how far it has come' })
  @ZodResponse({ status: 200, type: PlanViewDto })
  @ApiProblems(404)
  async read(@Param('planId') planId: string) {
    return this.plans.read(planId);
  }

  private brief(request: Request, body: unknown): Brief {
    const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (mediaType === 'text/markdown') {
      return parseMarkdownBrief(Buffer.isBuffer(body) ? body : Buffer.alloc(0), this.providers);
    }
    if (mediaType === 'application/json') return parseJsonBrief(body, this.providers);
    throw new UnsupportedMediaTypeError(BRIEF_MEDIA_TYPES);
  }
}

function checkKey(key: string | undefined): string | null {
  if (key === undefined) return null;
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new InvalidInputError('The request is not valid.', [
    { field: 'Idempotency-Key', message: 'must be 1 to 200 printable characters without spaces' },
  ]);
}
