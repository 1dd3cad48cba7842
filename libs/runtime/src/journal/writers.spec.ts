import fc from 'fast-check';
import { Writers } from './writers';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Item {
  run: string;
  n: number;
  hasEffects: boolean;
}

describe('Writers', () => {
  it('keeps what one run hands in in order, whoever writes it', async () => {
    const given = fc.array(
      fc.record({ run: fc.constantFrom('a', 'b', 'c'), hasEffects: fc.boolean(), ticksBefore: fc.nat({ max: 2 }) }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(given, fc.nat({ max: 3 }), fc.nat({ max: 6 }), async (items, plainTicks, effectTicks) => {
        const written: Item[] = [];
        const writers = new Writers<Item, number>(async (batch) => {
          const ticks = batch.some(({ hasEffects }) => hasEffects) ? effectTicks : plainTicks;
          for (let n = 0; n < ticks; n += 1) await tick();
          written.push(...batch);
          return batch.map(({ n }) => n);
        });
        const outcomes: Promise<number>[] = [];
        for (const [n, { run, hasEffects, ticksBefore }] of items.entries()) {
          for (let ticks = 0; ticks < ticksBefore; ticks += 1) await tick();
          outcomes.push(writers.add(run, { run, n, hasEffects }, hasEffects));
        }
        expect(await Promise.all(outcomes)).toEqual(items.map((_, n) => n));
        await writers.idle();
        for (const run of ['a', 'b', 'c']) {
          const order = written.filter((item) => item.run === run).map(({ n }) => n);
          expect(order).toEqual([...order].sort((one, other) => one - other));
        }
        expect(written).toHaveLength(items.length);
      }),
      { numRuns: 60 },
    );
  });

  it('lets nothing that has no effects wait behind effects of other runs', async () => {
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const writers = new Writers<string, string>(async (batch) => {
      if (batch.includes('end')) await gate;
      return batch;
    });
    const end = writers.add('a', 'end', true);
    await tick();
    expect(await writers.add('b', 'answer', false)).toBe('answer');
    let behind = true;
    const sameRun = writers.add('a', 'answer', false).then(() => (behind = false));
    await tick();
    expect(behind).toBe(true);
    open();
    expect(await end).toBe('end');
    await sameRun;
  });

  it.each([
    ['has effects', true],
    ['has none', false],
  ])('is idle only once what is under way is written: what %s', async (_what, hasEffects) => {
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const writers = new Writers<string, string>(async (batch) => {
      await gate;
      return batch;
    });
    const writing = writers.add('a', 'end', hasEffects);
    let isIdle = false;
    const idle = writers.idle().then(() => (isIdle = true));
    await tick();
    await tick();
    expect(isIdle).toBe(false);
    open();
    await Promise.all([writing, idle]);
  });

  it('forgets a run whose item could not be written', async () => {
    const writers = new Writers<string, string>(async (batch) =>
      batch.map((item) => (item === 'bad' ? refused() : item)),
    );
    await expect(writers.add('a', 'bad', true)).rejects.toThrow('refused');
    expect(await writers.add('a', 'good', false)).toBe('good');
  });
});

function refused(): Promise<never> {
  return Promise.reject(new Error('refused'));
}
