import { Clock, Loop, SERVICE_CONFIG, type ServiceConfig } from '@fiction/platform';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LoreRepairs } from './lore-repairs';
import { OrphanRuns } from './orphan-runs';
import { ResumeTimeouts } from './resume-timeouts';
import { VanishedRuns } from './vanished-runs';

/** Looks, every so often, for what does not show by itself. Every replica does it; none has to. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Sweeper.name);
  private readonly loop: Loop;
  private orphansAt = 0;

  constructor(
    private readonly resumes: ResumeTimeouts,
    private readonly vanished: VanishedRuns,
    private readonly orphans: OrphanRuns,
    private readonly lore: LoreRepairs,
    private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {
    this.loop = new Loop(() => this.sweep(), {
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

  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.resumes.sweep(now);
    await this.vanished.sweep(now);
    await this.lore.sweep(now);
    // Every run under way is looked at for this, so it is done more seldom.
    if (now.getTime() - this.orphansAt < this.config.vanishedSeconds * 1000) return;
    this.orphansAt = now.getTime();
    await this.orphans.sweep(now);
  }
}
