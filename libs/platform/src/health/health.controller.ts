import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { SERVICE_CONFIG, type ServiceConfig } from '../config/service.config';
import { HealthRegistry } from './health.registry';

/** Liveness (the process answers) and readiness (it can do its work). No secrets, hence no token. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthRegistry,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  @Get('healthz')
  live(): { status: string; service: string } {
    return { status: 'ok', service: this.config.service };
  }

  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const problems = await this.health.problems();
    const ready = Object.keys(problems).length === 0;
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'not ready', service: this.config.service, problems });
  }
}
