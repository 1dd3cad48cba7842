import { listLore } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { LoreListQueryDto, LorePageDto } from './lore.dto';

@ApiTags('lore')
@Controller('fiction/plans/:planId/lore')
@RequiresRole('viewer')
export class LoreController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @ApiOperation({ summary: 'What the world must establish, and how far that is' })
  @ZodResponse({ status: 200, type: LorePageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, cursor, limit, status }: LoreListQueryDto) {
    return this.requester.ask(listLore, { planId, branch, cursor, limit, status });
  }
}
