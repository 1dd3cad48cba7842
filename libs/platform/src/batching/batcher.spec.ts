import fc from 'fast-check';
import { Batcher } from './batcher';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Batcher', () => {
  it('answers each item with its own outcome, in whatever ticks they come and however large a flush may be', async () => {
    const items = fc.array(fc.record({ value: fc.integer(), ticksBefore: fc.nat({ max: 2 }) }), { maxLength: 60 });
    const sizes = fc.record({ maxItems: fc.integer({ min: 1, max: 20 }), maxFlushes: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(items, sizes, fc.nat({ max: 3 }), async (given, options, flushTicks) => {
        const flushed: number[][] = [];
        let atOnce = 0;
        let mostAtOnce = 0;
        const batcher = new Batcher<number, string>(async (batch) => {
          flushed.push(batch);
          mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
          for (let n = 0; n < flushTicks; n += 1) await tick();
          atOnce -= 1;
          return batch.map((value) => `outcome of ${value}`);
        }, options);
        const outcomes: Promise<string>[] = [];
        for (const { value, ticksBefore } of given) {
          for (let n = 0; n < ticksBefore; n += 1) await tick();
          outcomes.push(batcher.add(value));
        }
        expect(await Promise.all(outcomes)).toEqual(given.map(({ value }) => `outcome of ${value}`));
        await batcher.idle();
        expect(batcher.size).toBe(0);
        expect(flushed.flat()).toEqual(given.map(({ value }) => value));
        expect(flushed.every((batch) => batch.length >= 1 && batch.length <= options.maxItems)).toBe(true);
        expect(mostAtOnce).toBeLessThanOrEqual(options.maxFlushes);
      }),
      { numRuns: 60 },
    );
  });

  it('flushes what comes within a tick together, and what comes meanwhile with the next', async () => {
    const flushed: string[][] = [];
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const batcher = new Batcher<string, void>(
      async (batch) => {
        flushed.push(batch);
        if (flushed.length === 1) await gate;
        return batch.map(() => undefined);
      },
      { maxItems: 10, maxFlushes: 1 },
    );
    const first = ['a', 'b'].map((item) => batcher.add(item));
    await tick();
    const second = ['c', 'd', 'e'].map((item) => batcher.add(item));
    await tick();
    expect(flushed).toEqual([['a', 'b']]);
    open();
    await Promise.all([...first, ...second]);
    expect(flushed).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('refuses the items of a failed flush with its error, and goes on', async () => {
    let fail = true;
    const batcher = new Batcher<number, number>(async (batch) => {
      if (fail) throw new Error('no');
      return batch;
    });
    const settled = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    fail = false;
    expect(await batcher.add(3)).toBe(3);
  });

  it('refuses an item alone whose outcome is a promise that rejects', async () => {
    const batcher = new Batcher<number, number>(async (batch) =>
      batch.map((n) => (n === 2 ? Promise.reject(new Error(`not ${n}`)) : n)),
    );
    const settled = await Promise.allSettled([1, 2, 3].map((n) => batcher.add(n)));
    expect(settled).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: new Error('not 2') },
      { status: 'fulfilled', value: 3 },
    ]);
  });

  it('survives a flush that throws before it is asynchronous', async () => {
    const batcher = new Batcher<number, number>(() => {
      throw new Error('at once');
    });
    await expect(batcher.add(1)).rejects.toThrow('at once');
    await batcher.idle();
  });

  it('is idle only once nothing waits and nothing is under way', async () => {
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const done: number[] = [];
    const batcher = new Batcher<number, void>(
      async (batch) => {
        await gate;
        done.push(...batch);
        return batch.map(() => undefined);
      },
      { maxItems: 1, maxFlushes: 2 },
    );
    await batcher.idle();
    for (const n of [1, 2, 3, 4, 5]) void batcher.add(n);
    const idle = batcher.idle().then(() => [...done]);
    await tick();
    open();
    expect(new Set(await idle)).toEqual(new Set([1, 2, 3, 4, 5]));
  });
});
