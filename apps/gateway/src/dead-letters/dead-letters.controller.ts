import { listDeadLetters, RECEIVING_SERVICES } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { pageAcross } from '../paging/service-pages';
import { DeadLetterListQueryDto, DeadLetterPageDto } from './dead-letter.dto';

@ApiTags('dead letters')
@Controller('fiction/dead-letters')
@RequiresRole('operator')
export class DeadLettersController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @ApiOperation({ summary: 'Messages that a service could not handle, service by service, oldest first in each' })
  @ZodResponse({ status: 200, type: DeadLetterPageDto })
  @ApiProblems(400)
  async list(@Query() query: DeadLetterListQueryDto) {
    const { cursor, service, limit } = query;
    return pageAcross(service === undefined ? RECEIVING_SERVICES : [service], cursor, (name, inner) =>
      this.requester.ask(listDeadLetters(name), { limit, cursor: inner }),
    );
  }
}
