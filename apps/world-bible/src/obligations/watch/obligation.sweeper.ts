import { SERVICE_CONFIG, SweepLoop, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ObligationWatch } from './obligation-watch';

/** Has the watch look, every so often, for obligations that are overdue. */
@Injectable()
export class ObligationSweeper extends SweepLoop {
  constructor(
    private readonly watch: ObligationWatch,
    @Inject(SERVICE_CONFIG) config: ServiceConfig,
  ) {
    super(config.sweepSeconds);
  }

  async sweep(): Promise<void> {
    await this.watch.sweep();
  }
}
