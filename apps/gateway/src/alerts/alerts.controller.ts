import { acknowledgeAlert, listAlerts, readAlert, resolveAlert } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Caller, type CallerIdentity } from '../access/caller';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { AlertDto, AlertListQueryDto, AlertNoteDto, AlertPageDto } from './alert.dto';

@ApiTags('alerts')
@Controller('fiction/alerts')
export class AlertsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Alerts, most recently seen first' })
  @ZodResponse({ status: 200, type: AlertPageDto })
  @ApiProblems(400, 404)
  async list(@Query() { plan, ...query }: AlertListQueryDto) {
    return this.requester.ask(listAlerts, { ...query, planId: plan });
  }

  @Get(':alertId')
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'An alert' })
  @ZodResponse({ status: 200, type: AlertDto })
  @ApiProblems(404)
  async read(@Param('alertId') alertId: string) {
    return this.requester.ask(readAlert, { alertId });
  }

  @Post(':alertId/acknowledge')
  @HttpCode(200)
  @RequiresRole('operator')
  @ApiOperation({ summary: 'Acknowledge an alert; the first to do so stays on record' })
  @ZodResponse({ status: 200, type: AlertDto })
  @ApiProblems(400, 404, 409)
  async acknowledge(
    @Param('alertId') alertId: string,
    @Body() { note }: AlertNoteDto,
    @Caller() caller: CallerIdentity,
  ) {
    return this.requester.ask(acknowledgeAlert, { alertId, actor: caller.name, note });
  }

  @Post(':alertId/resolve')
  @HttpCode(200)
  @RequiresRole('operator')
  @ApiOperation({ summary: 'Resolve an alert; if its cause is seen again, a new alert opens' })
  @ZodResponse({ status: 200, type: AlertDto })
  @ApiProblems(400, 404, 409)
  async resolve(@Param('alertId') alertId: string, @Body() { note }: AlertNoteDto, @Caller() caller: CallerIdentity) {
    return this.requester.ask(resolveAlert, { alertId, actor: caller.name, note });
  }
}
