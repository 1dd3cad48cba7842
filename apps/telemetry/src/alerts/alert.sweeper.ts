import { SERVICE_CONFIG, SweepLoop, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AlertWatch } from './alert-watch';

/** Has the watch look for what only time brings about. */
@Injectable()
export class AlertSweeper extends SweepLoop {
  constructor(
    private readonly watch: AlertWatch,
    @Inject(SERVICE_CONFIG) config: ServiceConfig,
  ) {
    super(config.sweepSeconds);
  }

  async sweep(): Promise<void> {
    await this.watch.sweep();
  }
}
