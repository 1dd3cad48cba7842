import { listDeadLetters, NotFoundError, RECEIVING_SERVICES, retryDeadLetter } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { pageAcross } from '../paging/service-pages';
import { DeadLetterDto, DeadLetterListQueryDto, DeadLetterPageDto } from './dead-letter.dto';

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

  @Post(':service/:letterId/retry')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Retry a message once its obstacle is removed; when handled, it is no longer listed',
  })
  @ZodResponse({ status: 200, type: DeadLetterDto })
  @ApiProblems(400, 404, 409)
  async retry(@Param('service') service: string, @Param('letterId') letterId: string) {
    const known = RECEIVING_SERVICES.find((name) => name === service);
    if (known === undefined) throw new NotFoundError('service', service);
    return this.requester.ask(retryDeadLetter(known), { id: letterId });
  }
}
