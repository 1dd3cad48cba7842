import { Loop } from './loop';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const silent = (): void => undefined;

describe('Loop', () => {
  it('runs round after round, with its pause in between', async () => {
    const round = jest.fn(async () => undefined);
    const loop = new Loop(round, { everyMs: 1_000, onError: silent });
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(round).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(round).toHaveBeenCalledTimes(3);
    await loop.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(round).toHaveBeenCalledTimes(3);
  });

  it('begins the next round at once when it is woken in its pause, or was during a round', async () => {
    let finish: () => void = silent;
    const round = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const loop = new Loop(round, { everyMs: 60_000, onError: silent });
    loop.start();
    finish();
    await jest.advanceTimersByTimeAsync(0);
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(round).toHaveBeenCalledTimes(2);
    loop.wake();
    finish();
    await jest.advanceTimersByTimeAsync(0);
    expect(round).toHaveBeenCalledTimes(3);
    finish();
    await loop.stop();
  });

  it('reports an error and goes on, after a pause even when it has none otherwise', async () => {
    const errors: unknown[] = [];
    const round = jest.fn(async () => {
      throw new Error('no');
    });
    const loop = new Loop(round, { everyMs: 0, onError: (error) => errors.push(error) });
    loop.start();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(errors.length).toBe(round.mock.calls.length);
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.length).toBeLessThan(15);
    await loop.stop();
  });

  it('does not lose a wake-up during a round that fails', async () => {
    let fail: (error: Error) => void = silent;
    const round = jest.fn(() => new Promise<void>((_resolve, reject) => (fail = reject)));
    const loop = new Loop(round, { everyMs: 60_000, onError: silent });
    loop.start();
    loop.wake();
    fail(new Error('no'));
    await jest.advanceTimersByTimeAsync(200);
    expect(round).toHaveBeenCalledTimes(2);
    fail(new Error('no'));
    await loop.stop();
  });

  it('lets the round under way end before it has stopped', async () => {
    let finish: () => void = silent;
    const loop = new Loop(() => new Promise<void>((resolve) => (finish = resolve)), { everyMs: 0, onError: silent });
    loop.start();
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(stopped).toBe(false);
    finish();
    await stopping;
  });

  it('can be stopped before it was started', async () => {
    await new Loop(async () => undefined, { everyMs: 1, onError: silent }).stop();
  });
});
