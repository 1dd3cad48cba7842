import { Loop, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AlertWatch } from './alert-watch';

/** Has the watch look, every so often, for what only time brings about. Every replica does it; none has to. */
@Injectable()
export class AlertSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(AlertSweeper.name);
  private readonly loop: Loop;

  constructor(watch: AlertWatch, @Inject(SERVICE_CONFIG) config: ServiceConfig) {
    this.loop = new Loop(() => watch.sweep(), {
      everyMs: config.sweepSeconds * 1000,
      onError: (error) => this.log.debug(`sweeping again soon: ${String(error)}`),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
