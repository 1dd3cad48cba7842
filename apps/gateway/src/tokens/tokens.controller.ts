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
      'The token is in this answer and never shown again. The same Idempotency-Key and body make no second one: the ' +
      'answer is then 200 with `token: null`. Whoever has lost the token revokes it and makes another.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key makes no second token' })
  @ApiBody({ type: NewTokenDto })
  @ApiCreatedResponse({ type: CreatedTokenDto.Output, description: 'A new token' })
  @ApiOkResponse({ type: CreatedTokenDto.Output, description: 'Which token the key has made before' })
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
    description: 'It is good no longer, within seconds everywhere, and sockets that it opened are closed.',
  })
  @ZodResponse({ status: 200, type: TokenViewDto })
  @ApiProblems(404, 409)
  async revoke(@Param('tokenId') tokenId: string) {
    return this.register.revoke(tokenId);
  }
}
