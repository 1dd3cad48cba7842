import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Loop } from './loop';

/**
 * Looks, every so often, for what does not show by itself: from when the service has begun until it ends. Every replica
 * does it; none has to. A look that fails is logged, and the next one comes all the same.
 */
@Injectable()
export abstract class SweepLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  /** @param everySeconds pause between two looks */
  protected constructor(everySeconds: number) {
    const log = new Logger(new.target.name);
    this.loop = new Loop(() => this.sweep(), {
      everyMs: everySeconds * 1000,
      onError: (error) => log.debug(`the sweep failed; trying again soon: ${String(error)}`),
    });
  }

  /** One look. */
  abstract sweep(): Promise<void>;

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Lets the look under way end. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
