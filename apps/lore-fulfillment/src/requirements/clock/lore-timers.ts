import { Clock, Database, Loop } from '@fiction/platform';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { FailedRuns } from './failed-runs';
import { SlaClocks } from './sla-clocks';

/** A replica learns of clocks that others have started at least this often. */
const LOOK_EVERY_MS = 1_000;

/**
 * Fires what is due. Every replica has such a loop and none has to live: when something is due stands in its row, and who
 * changes the row has fired it. Each sets an alarm for the next moment that it knows of, so that it is there on time.
 */
@Injectable()
export class LoreTimers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(LoreTimers.name);
  private readonly loop = new Loop(() => this.round(), {
    everyMs: LOOK_EVERY_MS,
    onError: (error) => this.log.debug(`looking again soon: ${String(error)}`),
  });
  private alarm: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clocks: SlaClocks,
    private readonly failed: FailedRuns,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.alarm);
    await this.loop.stop();
    clearTimeout(this.alarm);
  }

  /** Something may be due sooner than was known. */
  look(): void {
    this.loop.wake();
  }

  /** Fires what is due now. */
  async fire(): Promise<void> {
    await this.database.transaction((uow) => this.clocks.startUnseen(uow));
    for (let fired = true; fired;) {
      fired = await this.database.transaction(async (uow) => (await this.clocks.runDown(uow)).length > 0);
    }
    await this.database.transaction((uow) => this.failed.take(uow));
  }

  private async round(): Promise<void> {
    await this.fire();
    const next = await this.clocks.next(this.database);
    clearTimeout(this.alarm);
    if (next === null) return;
    const inMs = next.getTime() - this.clock.now().getTime();
    // What is further off is seen again by then.
    if (inMs < LOOK_EVERY_MS) this.alarm = setTimeout(() => this.look(), Math.max(1, inMs));
  }
}
