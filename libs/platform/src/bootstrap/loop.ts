/** How long a background loop waits after an error before it goes on, in milliseconds. */
const ERROR_PAUSE_MS = 100;

export interface LoopOptions {
  /** Pause between rounds, in milliseconds. */
  everyMs: number;
  onError: (error: unknown) => void;
}

/**
 * A background task that goes on until it is stopped: errors are reported and the next round comes all the same.
 * `wake()` starts the next round at once.
 */
export class Loop {
  private stopping = false;
  private awake = false;
  private wakeUp: (() => void) | undefined;
  private finished: Promise<void> = Promise.resolve();

  constructor(
    private readonly round: () => Promise<void>,
    private readonly options: LoopOptions,
  ) {}

  start(): void {
    this.finished = this.run();
  }

  wake(): void {
    this.awake = true;
    this.wakeUp?.();
  }

  /** Lets the round under way end, then stops. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.finished;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.awake = false;
      let pause = this.options.everyMs;
      try {
        await this.round();
      } catch (error) {
        this.options.onError(error);
        // Whoever woke the loop during a round that failed still gets the next one soon, though not at once.
        pause = Math.max(this.awake ? 0 : pause, ERROR_PAUSE_MS);
        this.awake = false;
      }
      if (!this.awake && !this.stopping) await this.pause(pause);
    }
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = undefined;
  }
}
