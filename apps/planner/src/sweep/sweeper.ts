import { Clock, SERVICE_CONFIG, SweepLoop, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LoreRepairs } from './lore-repairs';
import { OrphanRuns } from './orphan-runs';
import { ResumeTimeouts } from './resume-timeouts';
import { VanishedRuns } from './vanished-runs';

/** Looks for resumes that do not begin, and for items and runs that have lost each other. */
@Injectable()
export class Sweeper extends SweepLoop {
  private orphansAt = 0;

  constructor(
    private readonly resumes: ResumeTimeouts,
    private readonly vanished: VanishedRuns,
    private readonly orphans: OrphanRuns,
    private readonly lore: LoreRepairs,
    private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {
    super(config.sweepSeconds);
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
