import { listAudit } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { AuditListQueryDto, AuditPageDto } from './audit.dto';

@ApiTags('access')
@Controller('access/audit')
@RequiresRole('admin')
export class AuditController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @ApiOperation({ summary: 'Who wrote what through REST, or tried to, newest first' })
  @ZodResponse({ status: 200, type: AuditPageDto })
  @ApiProblems(400)
  async list(@Query() query: AuditListQueryDto) {
    return this.requester.ask(listAudit, query);
  }
}
