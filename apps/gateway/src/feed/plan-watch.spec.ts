import type { FictionPhaseProgressed, FictionPlanChanged, PlanStatus } from '@fiction/contracts';
import { PlanWatch } from './plan-watch';
import { Pump } from './pump';

function setUp() {
  const world = {
    now: 0,
    lastSeq: 0,
    status: 'running' as PlanStatus,
    reads: 0,
    statusReads: 0,
    isAway: false,
    changes: [] as FictionPlanChanged[],
  };
  const seen: number[] = [];
  const changes: string[] = [];
  const history = {
    read: async (_planId: string, afterSeq: number) => {
      if (world.isAway) throw new Error('history is away');
      const events = Array.from({ length: world.lastSeq - afterSeq }, (_, index) => ({ seq: afterSeq + 1 + index }));
      return { events: events as FictionPhaseProgressed[], lastSeq: world.lastSeq };
    },
  };
  const status = async () => {
    world.statusReads += 1;
    return world.status;
  };
  const state = async () => {
    world.reads += 1;
    return { lastSeq: world.lastSeq, changes: world.changes };
  };
  const watch = new PlanWatch('p', { state, status, now: () => world.now });
  const sink = {
    emit: ({ seq }: FictionPhaseProgressed) => void seen.push(seq),
    emitChange: ({ status: now }: FictionPlanChanged) => void changes.push(now),
    ready: async () => true,
  };
  const add = (afterSeq: number): void => watch.add(new Pump('p', afterSeq, history, sink, () => undefined));
  add(0);
  const after = async (ms: number) => {
    world.now += ms;
    await watch.check();
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { world, watch, add, seen, changes, after };
}

describe('the checks of a plan that is watched', () => {
  it('come every two seconds and find what the feed lost', async () => {
    const { world, seen, after } = setUp();
    world.lastSeq = 3;
    await after(1_999);
    expect(seen).toEqual([]);
    await after(1);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('find a change that the feed lost', async () => {
    const { world, changes, after } = setUp();
    const [planId, branch, occurredAt] = ['p', 'main', '2026-01-01T00:00:00.000Z'];
    world.changes = [{ planId, branch, primary: true, status: 'complete', reason: null, occurredAt, afterSeq: 0 }];
    await after(2_000);
    await after(2_000);
    expect(changes).toEqual(['complete']);
  });

  it('become rare once the plan is finished, and common when it moves again', async () => {
    const { world, watch, after } = setUp();
    world.status = 'complete';
    await after(2_000);
    const { reads } = world;
    for (let count = 0; count < 14; count += 1) await after(2_000);
    expect(world.reads).toBeLessThanOrEqual(reads + 1);
    world.status = 'running';
    watch.heard([]);
    const again = world.reads;
    await after(2_000);
    await after(2_000);
    expect(world.reads).toBe(again + 2);
  });

  it('become common when a plan that was finished has moved, though the feed has lost it', async () => {
    const { world, seen, after } = setUp();
    world.status = 'complete';
    await after(2_000);
    await after(2_000);
    world.lastSeq = 1;
    await after(30_000);
    world.lastSeq = 2;
    await after(2_000);
    expect(seen).toEqual([1, 2]);
  });

  it('stay common while anybody who watches lacks something, also where others have it', async () => {
    const { world, add, seen, after } = setUp();
    add(3);
    Object.assign(world, { status: 'complete', lastSeq: 3, isAway: true });
    await after(2_000);
    await after(2_000);
    world.isAway = false;
    await after(2_000);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('ask for the status of a quiet plan now and then, not every time', async () => {
    const { world, after } = setUp();
    for (let count = 0; count < 20; count += 1) await after(2_000);
    expect(world.statusReads).toBeLessThanOrEqual(5);
  });
});
