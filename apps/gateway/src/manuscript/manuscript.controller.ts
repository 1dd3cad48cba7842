import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { RequiresRole } from '../access/requires-role.decorator';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { attachment } from './file-name';
import { ManuscriptQueryDto } from './manuscript.dto';
import { ManuscriptService } from './manuscript.service';

const KINDS = {
  markdown: { mediaType: 'text/markdown; charset=utf-8', extension: 'md' },
  json: { mediaType: 'application/json; charset=utf-8', extension: 'json' },
};

@ApiTags('book')
@Controller('fiction/plans/:planId/manuscript')
@RequiresRole('viewer')
export class ManuscriptController {
  constructor(
    private readonly manuscripts: ManuscriptService,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The book, as far as it is written',
    description: 'Markdown to read, or JSON that leaves nothing out. Scenes that are missing are marked.',
  })
  @ApiOkResponse({
    description: 'The whole book',
    content: {
      'text/markdown': { schema: { type: 'string' } },
      'application/json': { schema: { type: 'object' } },
    },
    headers: {
      'X-Fiction-Complete': { description: 'Whether every scene is written', schema: { type: 'boolean' } },
      ETag: { description: 'The same for the same bytes', schema: { type: 'string' } },
    },
  })
  @ApiResponse({ status: 304, description: 'The document that `If-None-Match` names' })
  @ApiProblems(400, 404)
  async download(
    @Param('planId') planId: string,
    @Query() query: ManuscriptQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const branch = await this.branches.of(planId, query.branch);
    const { spool, title, complete } = await this.manuscripts.assemble(planId, branch, query.format);
    const { mediaType, extension } = KINDS[query.format];
    response.set({
      ETag: spool.etag,
      'Cache-Control': 'private, no-cache',
      'X-Fiction-Complete': String(complete),
    });
    if (has(request.headers['if-none-match'], spool.etag)) {
      await spool.discard();
      response.status(304).end();
      return;
    }
    response.set({
      'Content-Type': mediaType,
      'Content-Length': String(spool.bytes),
      'Content-Disposition': attachment(title, extension),
    });
    if (request.method === 'HEAD') {
      await spool.discard();
      response.end();
      return;
    }
    await send(spool.stream(), response);
  }
}

/** Whether a caller already has the document. Express's own check gives up when the caller also says `no-cache`. */
function has(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

/** A reader who leaves in the middle is nobody's error. */
async function send(body: NodeJS.ReadableStream, response: Response): Promise<void> {
  try {
    await pipeline(body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
