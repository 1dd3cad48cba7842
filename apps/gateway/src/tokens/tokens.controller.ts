import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { noteTargets } from '../audit/audit-targets';
import { Caller, type CallerIdentity } from '../access/caller';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { IdempotencyKey } from '../http/idempotency-key';
import { TokenRegister } from './token-register';
import { CreatedTokenDto, NewTokenDto, TokenListQueryDto, TokenPageDto, TokenViewDto } from './token.dto';

@ApiTags('access')
@Controller('access/tokens')
@RequiresRole('admin')
export class TokensController {
  constructor(private readonly register: TokenRegister) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Make an access token',
    description:
      'The token is in this answer and is never shown again. A repeat with the same Idempotency-Key and body makes no ' +
      'second token: it gets 200 with `token: null`. If you lose the token, revoke it and make another one.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key makes no second token' })
  @ApiBody({ type: NewTokenDto })
  @ApiCreatedResponse({ type: CreatedTokenDto.Output, description: 'A new token' })
  @ApiOkResponse({
    type: CreatedTokenDto.Output,
    description: 'The token that this key has already made; `token` is null',
  })
  @ApiProblems(400, 409, 413)
  async create(
    @Body() wanted: NewTokenDto,
    @IdempotencyKey() key: string | null,
    @Caller() caller: CallerIdentity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedTokenDto> {
    const token = await this.register.create(wanted, caller.tokenId, key);
    noteTargets(request, { tokenId: token.id });
    response.status(token.created ? 201 : 200);
    return token;
  }

  @Get()
  @ApiOperation({ summary: 'Access tokens, newest first; never the tokens themselves' })
  @ZodResponse({ status: 200, type: TokenPageDto })
  @ApiProblems(400)
  async list(@Query() { cursor, limit }: TokenListQueryDto) {
    return this.register.list(cursor, limit);
  }

  @Post(':tokenId/revoke')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Revoke an access token by its id',
    description: 'The token stops working, within seconds everywhere, and sockets opened with it are closed.',
  })
  @ZodResponse({ status: 200, type: TokenViewDto })
  @ApiProblems(404, 409)
  async revoke(@Param('tokenId') tokenId: string) {
    return this.register.revoke(tokenId);
  }
}
