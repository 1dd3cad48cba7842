import { Logger } from '@nestjs/common';
import { SweepLoop } from './sweep-loop';

class Sweep extends SweepLoop {
  looks = 0;
  constructor(private readonly look: () => Promise<void>) {
    super(5);
  }
  async sweep(): Promise<void> {
    this.looks += 1;
    await this.look();
  }
}

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Logger.prototype, 'debug').mockReturnValue(undefined);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('SweepLoop', () => {
  it('looks from the start of the service until its end, with its pause in between', async () => {
    const sweep = new Sweep(async () => undefined);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sweep.looks).toBe(0);
    sweep.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sweep.looks).toBe(3);
    await sweep.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sweep.looks).toBe(3);
  });

  it('looks again after a look that failed', async () => {
    const sweep = new Sweep(() => Promise.reject(new Error('no')));
    sweep.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sweep.looks).toBe(2);
    await sweep.beforeApplicationShutdown();
  });

  it('lets the look under way end before the service does', async () => {
    let finish = (): void => undefined;
    const sweep = new Sweep(() => new Promise((resolve) => (finish = resolve)));
    sweep.onApplicationBootstrap();
    let ended = false;
    const ending = sweep.beforeApplicationShutdown().then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(ended).toBe(false);
    finish();
    await ending;
  });
});
