import { Clock, eachAlone, SERVICE_CONFIG, SweepLoop, type ServiceConfig } from '@fiction/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LoreRepairs } from './lore-repairs';
import { OrphanRuns } from './orphan-runs';
import { ResumeTimeouts } from './resume-timeouts';
import { VanishedRuns } from './vanished-runs';

/** Looks for resumes that do not begin, and for items and runs that have lost each other. */
@Injectable()
export class Sweeper extends SweepLoop {
  private readonly log = new Logger(Sweeper.name);
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
    const looks: { sweep(now: Date): Promise<void> }[] = [this.resumes, this.vanished, this.lore];
    // Every run under way is looked at for this, so it is done more seldom.
    if (now.getTime() - this.orphansAt >= this.config.vanishedSeconds * 1000) {
      this.orphansAt = now.getTime();
      looks.push(this.orphans);
    }
    await eachAlone(
      looks,
      (look) => look.sweep(now),
      (look, error) => this.log.warn(`${look.constructor.name} failed; trying again soon: ${String(error)}`),
    );
  }
}
