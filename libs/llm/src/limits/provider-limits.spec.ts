import type { Clock } from '../clock';
import { MAX_RATE_WAIT_MS, ProviderLimits } from './provider-limits';

const binding = { provider: 'local', model: 'novelist' };
const forever = new AbortController().signal;
const START = Date.parse('2030-01-01T00:00:00Z');

/** Time that passes only when somebody sleeps. */
function sleepingClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now(),
    sleep: (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      jest.setSystemTime(Date.now() + ms);
      return Promise.resolve();
    },
  };
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'], now: START }));
afterEach(() => jest.useRealTimers());

const limitsOf = (settings: object, clock: Clock) =>
  new ProviderLimits('local', { kind: 'openai-compatible', concurrency: 10, ...settings }, undefined, clock);

describe('concurrency', () => {
  it('lets no more calls in than there are slots, and the longest waiting one first', async () => {
    const limits = limitsOf({ concurrency: 1 }, sleepingClock());
    const order: string[] = [];
    const enter = async (name: string) => {
      const permit = await limits.acquire(binding, 1, forever);
      order.push(name);
      return permit;
    };
    const first = await enter('first');
    const second = enter('second');
    const third = enter('third');
    expect(limits.slots).toMatchObject({ inUse: 1, queued: 2 });
    first.release(1);
    (await second).release(1);
    (await third).release(1);
    expect(order).toEqual(['first', 'second', 'third']);
    expect(limits.slots).toMatchObject({ inUse: 0, queued: 0 });
  });

  it('lets in what is urgent before the others that wait, and among the urgent the longest waiting one first', async () => {
    const limits = limitsOf({ concurrency: 1 }, sleepingClock());
    const order: string[] = [];
    const enter = async (name: string, urgent: boolean): Promise<void> => {
      const permit = await limits.acquire(binding, 1, forever, urgent);
      order.push(name);
      permit.release(1);
    };
    const held = await limits.acquire(binding, 1, forever);
    const waiting = [enter('new', false), enter('begun', true), enter('newer', false), enter('begun later', true)];
    const cancel = new AbortController();
    const cancelled = limits.acquire(binding, 1, cancel.signal, true);
    expect(limits.slots.queued).toBe(5);
    cancel.abort(new Error('enough'));
    await expect(cancelled).rejects.toThrow('enough');
    held.release(1);
    await Promise.all(waiting);
    expect(order).toEqual(['begun', 'begun later', 'new', 'newer']);
    expect(limits.slots).toMatchObject({ inUse: 0, queued: 0 });
  });

  it('forgets a call that is cancelled while it waits', async () => {
    const limits = limitsOf({ concurrency: 1 }, sleepingClock());
    const held = await limits.acquire(binding, 1, forever);
    const cancel = new AbortController();
    const waiting = limits.acquire(binding, 1, cancel.signal);
    cancel.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(limits.slots.queued).toBe(0);
    held.release(1);
    expect(limits.slots.inUse).toBe(0);
  });
});

describe('requests and tokens a minute', () => {
  it('let through what fits and send the next one back with the time of the next window', async () => {
    const limits = limitsOf({ requestsPerMinute: 2 }, sleepingClock());
    await limits.acquire(binding, 1, forever);
    await limits.acquire(binding, 1, forever);
    const refused = limits.acquire(binding, 1, forever);
    await expect(refused).rejects.toMatchObject({
      code: 'PROVIDER_THROTTLED',
      retryAfterMs: 60_000,
      spendsAttempt: false,
      message: expect.stringMatching(/ not before \S+Z, because its requests per minute are used up/) as string,
    });
    expect(limits.slots.inUse).toBe(2);
    jest.setSystemTime(START + 60_000);
    await expect(limits.acquire(binding, 1, forever)).resolves.toBeDefined();
  });

  it('wait by themselves when the next window is near', async () => {
    const clock = sleepingClock();
    const limits = limitsOf({ requestsPerMinute: 1 }, clock);
    await limits.acquire(binding, 1, forever);
    jest.setSystemTime(START + 60_000 - MAX_RATE_WAIT_MS);
    await limits.acquire(binding, 1, forever);
    expect(clock.slept).toEqual([MAX_RATE_WAIT_MS]);
  });

  it('stop waiting when the call is cancelled', async () => {
    const limits = limitsOf({ requestsPerMinute: 1 }, sleepingClock());
    await limits.acquire(binding, 1, forever);
    jest.setSystemTime(START + 59_000);
    const cancel = new AbortController();
    const waiting = limits.acquire(binding, 1, cancel.signal);
    cancel.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(limits.slots.inUse).toBe(1);
  });

  it('count the tokens a call really took, not those it might have taken', async () => {
    const limits = limitsOf({ tokensPerMinute: 1000 }, sleepingClock());
    const permit = await limits.acquire(binding, 900, forever);
    await expect(limits.acquire(binding, 200, forever)).rejects.toMatchObject({ code: 'PROVIDER_THROTTLED' });
    permit.release(300);
    await expect(limits.acquire(binding, 650, forever)).resolves.toBeDefined();
    await expect(limits.acquire(binding, 100, forever)).rejects.toMatchObject({ code: 'PROVIDER_THROTTLED' });
  });

  it('give nothing back into a window the tokens were not taken from', async () => {
    const limits = limitsOf({ tokensPerMinute: 1000 }, sleepingClock());
    const old = await limits.acquire(binding, 1000, forever);
    jest.setSystemTime(START + 61_000);
    await limits.acquire(binding, 1000, forever);
    old.release(0);
    await expect(limits.acquire(binding, 10, forever)).rejects.toMatchObject({ code: 'PROVIDER_THROTTLED' });
  });

  it('do not shut out small calls because a large one was refused', async () => {
    const limits = limitsOf({ tokensPerMinute: 1000 }, sleepingClock());
    await limits.acquire(binding, 500, forever);
    await expect(limits.acquire(binding, 900, forever)).rejects.toMatchObject({ code: 'PROVIDER_THROTTLED' });
    await expect(limits.acquire(binding, 400, forever)).resolves.toBeDefined();
  });

  it('count no request that was not made for want of tokens', async () => {
    const limits = limitsOf({ requestsPerMinute: 2, tokensPerMinute: 1000 }, sleepingClock());
    const first = await limits.acquire(binding, 1000, forever);
    await expect(limits.acquire(binding, 500, forever)).rejects.toMatchObject({ code: 'PROVIDER_THROTTLED' });
    first.release(0);
    await expect(limits.acquire(binding, 500, forever)).resolves.toBeDefined();
  });

  it('let a call through that alone is larger than the limit', async () => {
    const limits = limitsOf({ tokensPerMinute: 1000 }, sleepingClock());
    await expect(limits.acquire(binding, 5000, forever)).resolves.toBeDefined();
  });
});

describe('a provider that asked for quiet', () => {
  it('is left alone: near waits are waited out, far ones handed back', async () => {
    const clock = sleepingClock();
    const limits = limitsOf({}, clock);
    limits.backOff(binding, 5_000);
    await limits.acquire(binding, 1, forever);
    expect(clock.slept).toEqual([5_000]);
    limits.backOff(binding, 90_000);
    await expect(limits.acquire(binding, 1, forever)).rejects.toMatchObject({
      code: 'PROVIDER_THROTTLED',
      retryAfterMs: 90_000,
    });
  });

  it('is left alone for the longest time that it has asked for', async () => {
    const limits = limitsOf({}, sleepingClock());
    limits.backOff(binding, 90_000);
    limits.backOff(binding, 1_000);
    await expect(limits.acquire(binding, 1, forever)).rejects.toMatchObject({ retryAfterMs: 90_000 });
  });

  it('is left alone for longer when it asks again meanwhile, and nobody waits for it without bound', async () => {
    const clock = sleepingClock();
    const limits = limitsOf({}, clock);
    const sleep = clock.sleep.bind(clock);
    jest.spyOn(clock, 'sleep').mockImplementation(async (ms, signal) => {
      await sleep(ms, signal);
      if (clock.slept.length < 9) limits.backOff(binding, MAX_RATE_WAIT_MS / 4);
    });
    limits.backOff(binding, MAX_RATE_WAIT_MS / 2);
    await expect(limits.acquire(binding, 1, forever)).rejects.toMatchObject({ code: 'PROVIDER_THROTTLED' });
    expect(clock.slept).toEqual([MAX_RATE_WAIT_MS / 2, MAX_RATE_WAIT_MS / 4, MAX_RATE_WAIT_MS / 4]);
    expect(limits.slots.inUse).toBe(0);
  });

  it('has its other models asked all the same', async () => {
    const clock = sleepingClock();
    const limits = limitsOf({}, clock);
    limits.backOff(binding, 90_000);
    await limits.acquire({ ...binding, model: 'another' }, 1, forever);
    expect(clock.slept).toEqual([]);
  });
});
