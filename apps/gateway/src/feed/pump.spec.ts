import type { FictionPhaseProgressed, FictionPlanChanged } from '@fiction/contracts';
import * as fc from 'fast-check';
import { Pump, type History, type PumpSink } from './pump';

const event = (seq: number) => ({ seq, planId: 'p' }) as FictionPhaseProgressed;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => event(from + index));

/** A history that can be behind, fail, and hold its answers back. */
class FakeHistory implements History {
  last = 0;
  failing = false;
  calls = 0;
  private held: (() => void)[] | undefined;

  async read(_planId: string, afterSeq: number, limit: number) {
    this.calls += 1;
    if (this.held !== undefined) await new Promise<void>((resolve) => this.held?.push(resolve));
    if (this.failing) throw new Error('telemetry is away');
    return { events: range(afterSeq + 1, Math.min(this.last, afterSeq + limit)), lastSeq: this.last };
  }

  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const resolve of held) resolve();
  }
}

class FakeSink implements PumpSink {
  readonly seen: number[] = [];
  readonly changes: string[] = [];
  room = true;
  emit({ seq }: FictionPhaseProgressed): void {
    this.seen.push(seq);
  }
  emitChange({ branch, status }: FictionPlanChanged): void {
    this.changes.push(`${branch} ${status} after ${this.seen.at(-1) ?? 0}`);
  }
  async ready(): Promise<boolean> {
    return this.room;
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const seqs = (from: number, to: number) => range(from, to).map(({ seq }) => seq);

function setUp(after = 0) {
  const history = new FakeHistory();
  const sink = new FakeSink();
  const errors: unknown[] = [];
  const pump = new Pump('p', after, history, sink, (error) => errors.push(error));
  return { history, sink, errors, pump };
}

const change = (status: string, afterSeq: number, minute: number, branch = 'main'): FictionPlanChanged => ({
  planId: 'p',
  branch,
  primary: branch === 'main',
  status,
  reason: null,
  occurredAt: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
  afterSeq,
});

describe('how branches stand', () => {
  it('is told after the events before it, and once, however often it is heard', async () => {
    const { history, sink, pump } = setUp();
    const changes = [change('running', 0, 1), change('complete', 5, 9)];
    pump.hear([changes[0]!]);
    pump.offer(range(1, 2));
    pump.hear([changes[1]!]);
    expect(sink.changes).toEqual(['main running after 0']);
    history.last = 5;
    pump.fill();
    await settled();
    pump.hear(changes);
    expect(sink.changes).toEqual(['main running after 0', 'main complete after 5']);
  });

  it('is told by branch, the latest of each, whatever comes late', () => {
    const { sink, pump } = setUp(9);
    pump.hear([change('paused', 7, 3), change('running', 8, 4, 'alt')]);
    pump.hear([change('running', 2, 1), change('complete', 9, 4, 'alt')]);
    expect(sink.changes).toEqual(['main paused after 0', 'alt running after 0', 'alt complete after 0']);
  });

  it('is not told to whoever has left', () => {
    const { sink, pump } = setUp();
    pump.close();
    pump.hear([change('complete', 0, 1)]);
    expect(sink.changes).toEqual([]);
  });
});

describe('Pump', () => {
  it('brings the history after the last seen event, page by page', async () => {
    const { history, sink, pump } = setUp(3);
    history.last = 1_000;
    pump.fill();
    await settled();
    expect(sink.seen).toEqual(seqs(4, 1_000));
  });

  it('passes live events on without asking for history', () => {
    const { history, sink, pump } = setUp(5);
    pump.offer(range(6, 9));
    pump.offer([event(10)]);
    expect(sink.seen).toEqual(seqs(6, 10));
    expect(history.calls).toBe(0);
  });

  it('drops what it has passed on before', () => {
    const { sink, pump } = setUp();
    pump.offer(range(1, 5));
    pump.offer(range(1, 6));
    expect(sink.seen).toEqual(seqs(1, 6));
  });

  it('fills a gap from history, in order', async () => {
    const { history, sink, pump } = setUp();
    pump.offer(range(1, 2));
    history.last = 6;
    pump.offer([event(5), event(6)]);
    expect(sink.seen).toEqual([1, 2]);
    await settled();
    expect(sink.seen).toEqual(seqs(1, 6));
  });

  it('asks once for any number of gaps that show while it is asking, and once more after', async () => {
    const { history, sink, pump } = setUp();
    history.last = 50;
    history.hold();
    for (let seq = 10; seq <= 50; seq += 1) pump.offer([event(seq)]);
    await settled();
    expect(history.calls).toBe(1);
    history.release();
    await settled();
    expect(sink.seen).toEqual(seqs(1, 50));
    expect(history.calls).toBeLessThanOrEqual(2);
  });

  it('finds by a later check what the feed lost for good', async () => {
    const { history, sink, pump } = setUp();
    pump.offer(range(1, 3));
    history.last = 5;
    pump.reaches(5);
    await settled();
    expect(sink.seen).toEqual(seqs(1, 5));
  });

  it('tries again after an error when the next event shows the gap', async () => {
    const { history, sink, errors, pump } = setUp();
    history.last = 4;
    history.failing = true;
    pump.fill();
    await settled();
    expect(errors).toHaveLength(1);
    history.failing = false;
    pump.offer([event(4)]);
    await settled();
    expect(sink.seen).toEqual(seqs(1, 4));
  });

  it('emits nothing after it is closed, not even what is on its way', async () => {
    const { history, sink, pump } = setUp();
    history.last = 10;
    history.hold();
    pump.fill();
    await settled();
    pump.close();
    history.release();
    pump.offer([event(1)]);
    await settled();
    expect(sink.seen).toEqual([]);
  });

  it('reads no more for a client that takes nothing', async () => {
    const { history, sink, pump } = setUp();
    history.last = 10;
    sink.room = false;
    pump.fill();
    await settled();
    expect(history.calls).toBe(0);
  });

  it('does not ask for ever when history has a hole', async () => {
    const { history, sink, pump } = setUp();
    history.read = async () => ({ events: [event(3)], lastSeq: 3 });
    pump.fill();
    await settled();
    expect(sink.seen).toEqual([]);
  });

  it('brings each event once and in order, whatever is lost, repeated, mixed up or fails, over any reconnections', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('live' as const), count: fc.integer({ min: 1, max: 5 }) }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('lost' as const), count: fc.integer({ min: 1, max: 300 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('stray' as const), count: fc.integer({ min: 0, max: 400 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('fail' as const, 'heal' as const), count: fc.constant(0) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('hold' as const, 'release' as const), count: fc.constant(0) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('settle' as const, 'reconnect' as const), count: fc.constant(0) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const history = new FakeHistory();
        const sink = new FakeSink();
        let pump = new Pump('p', 0, history, sink, () => undefined);
        for (const { kind, count } of steps) {
          if (kind === 'live') {
            history.last += count;
            pump.offer(range(history.last - count + 1, history.last));
          } else if (kind === 'lost') history.last += count;
          else if (kind === 'stray' && history.last > 0) pump.offer([event(1 + (count % history.last))]);
          else if (kind === 'fail') history.failing = true;
          else if (kind === 'heal') history.failing = false;
          else if (kind === 'hold') history.hold();
          else if (kind === 'release') history.release();
          else if (kind === 'settle') await settled();
          else if (kind === 'reconnect') {
            pump.close();
            pump = new Pump('p', sink.seen.at(-1) ?? 0, history, sink, () => undefined);
            pump.fill();
          }
        }
        history.failing = false;
        history.release();
        await settled();
        // The check that comes every two seconds.
        pump.reaches(history.last);
        await settled();
        expect(sink.seen).toEqual(seqs(1, history.last));
      }),
      { numRuns: 500 },
    );
  });
});
