import {
  addMemory,
  addNote,
  changeBaseline,
  listMemories,
  listNotes,
  listPersonas,
  readPersona,
  retractMemory,
  type AskedBy,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { noteTargets } from '../audit/audit-targets';
import { ChosenBranch } from '../branches/chosen-branch';
import { ApiProblems } from '../http/api-problems.decorator';
import { ActsOnce, Asked, By, SOURCE_HEADER, type AskedOnce } from '../http/asked-by';
import { BranchPageQueryDto } from '../paging/page-query.dto';
import {
  BaselineChangeDto,
  NewWordDto,
  PersonaDetailDto,
  PersonaDto,
  PersonaPageDto,
  RetractDto,
  WordPageDto,
  WordQueryDto,
  WordReplyDto,
} from './persona.dto';

/** Authors and characters: how they are, what they know and think. A persona's id says on which branch it is meant. */
@ApiTags('personas')
@Controller('fiction/plans/:planId/personas')
@RequiresRole('viewer')
export class PersonasController {
  constructor(
    private readonly requester: Requester,
    private readonly branches: ChosenBranch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Personas of a branch: the author, then the characters' })
  @ZodResponse({ status: 200, type: PersonaPageDto })
  @ApiProblems(400, 404)
  async list(@Param('planId') planId: string, @Query() { branch, cursor, limit }: BranchPageQueryDto) {
    return this.requester.ask(listPersonas, { planId, branch: await this.branches.of(planId, branch), cursor, limit });
  }

  @Get(':personaId')
  @ApiOperation({ summary: 'A persona, with every version of its baseline, newest first' })
  @ZodResponse({ status: 200, type: PersonaDetailDto })
  @ApiProblems(404)
  async read(@Param('planId') planId: string, @Param('personaId') personaId: string) {
    await this.branches.ofPersona(planId, personaId);
    return this.requester.ask(readPersona, { planId, personaId });
  }

  @Patch(':personaId')
  @RequiresRole('writer')
  @ApiOperation({
    summary: 'Change parts of a baseline on this branch; scenes written from now on use it',
    description: 'Names the version that the change is meant for; 409 `PERSONA_CHANGED` when it is not the newest.',
  })
  @ApiHeader(SOURCE_HEADER)
  @ZodResponse({ status: 200, type: PersonaDto })
  @ApiProblems(400, 404, 409)
  async change(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Body() { version, baseline, note }: BaselineChangeDto,
    @By() by: AskedBy,
  ) {
    await this.branches.ofPersonaToWrite(planId, personaId);
    return this.requester.ask(changeBaseline, { ...by, planId, personaId, version, baseline, note });
  }

  @Get(':personaId/memories')
  @ApiOperation({ summary: 'What a persona knows and since when, in the order of the story' })
  @ZodResponse({ status: 200, type: WordPageDto })
  @ApiProblems(400, 404)
  async memories(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Query() { cursor, limit }: WordQueryDto,
  ) {
    await this.branches.ofPersona(planId, personaId);
    return this.requester.ask(listMemories, { planId, personaId, cursor, limit });
  }

  @Post(':personaId/memories')
  @RequiresRole('writer')
  @ApiOperation({ summary: 'Add a memory: what a persona knows from a point of the story on' })
  @ActsOnce()
  @ZodResponse({ status: 201, type: WordReplyDto })
  @ApiProblems(400, 404, 409)
  async remember(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Body() { text, from }: NewWordDto,
    @Asked() asked: AskedOnce,
    @Req() request: Request,
  ) {
    await this.branches.ofPersonaToWrite(planId, personaId);
    const done = await this.requester.ask(addMemory, { ...asked, planId, personaId, text, from });
    noteTargets(request, { memoryId: done.word.id });
    return done;
  }

  @Post(':personaId/memories/:memoryId/retract')
  @HttpCode(200)
  @RequiresRole('writer')
  @ApiOperation({ summary: 'Retract a memory: it stays on record but no longer counts' })
  @ActsOnce()
  @ZodResponse({ status: 200, type: WordReplyDto })
  @ApiProblems(400, 404, 409)
  async retract(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Param('memoryId') memoryId: string,
    @Body() { note }: RetractDto,
    @Asked() asked: AskedOnce,
  ) {
    await this.branches.ofPersonaToWrite(planId, personaId);
    return this.requester.ask(retractMemory, { ...asked, planId, personaId, memoryId, note });
  }

  @Get(':personaId/notes')
  @ApiOperation({ summary: 'What a persona thinks of the world, in the order of the story' })
  @ZodResponse({ status: 200, type: WordPageDto })
  @ApiProblems(400, 404)
  async notes(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Query() { cursor, limit }: WordQueryDto,
  ) {
    await this.branches.ofPersona(planId, personaId);
    return this.requester.ask(listNotes, { planId, personaId, cursor, limit });
  }

  @Post(':personaId/notes')
  @RequiresRole('writer')
  @ApiOperation({ summary: 'Note what a persona thinks of the world' })
  @ActsOnce()
  @ZodResponse({ status: 201, type: WordReplyDto })
  @ApiProblems(400, 404, 409)
  async note(
    @Param('planId') planId: string,
    @Param('personaId') personaId: string,
    @Body() { text, from }: NewWordDto,
    @Asked() asked: AskedOnce,
    @Req() request: Request,
  ) {
    await this.branches.ofPersonaToWrite(planId, personaId);
    const done = await this.requester.ask(addNote, { ...asked, planId, personaId, text, from });
    noteTargets(request, { noteId: done.word.id });
    return done;
  }
}
