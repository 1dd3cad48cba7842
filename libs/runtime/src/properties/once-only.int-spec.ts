import { Nudger } from '../queue/nudger';
import { RUN_QUEUE } from '../queue/run-queue.token';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';
import type { Queue } from 'bull';
import { RunClaims } from '../runs/run-claims';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2 });
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.models.reset());

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** How often each action of each run was executed. */
class Executions {
  private readonly counts = new Map<string, number>();

  count(runId: string, step: string): number {
    const times = (this.counts.get(`${runId} ${step}`) ?? 0) + 1;
    this.counts.set(`${runId} ${step}`, times);
    return times;
  }

  repeated(): string[] {
    return [...this.counts].filter(([, times]) => times > 1).map(([what, times]) => `${what}: ${times} times`);
  }
}

it('never executes a recorded step again, over failures of every kind, and returns what it returned', async () => {
  const executions = new Executions();
  const values: unknown[][] = [];
  fixture.script = async (run) => {
    const first = await run.step('first', async () => ({ times: executions.count(run.runId, 'first') }));
    const looked = await run.lookUp('looked', async () => executions.count(run.runId, 'looked'));
    const prose = await run.ask('draft', proseTask('scene.draft', { run: run.runId }));
    if (run.attempt === 1) throw new Error('once');
    const second = await run.step('second', async () => [executions.count(run.runId, 'second')]);
    if (run.attempt === 2) throw Object.assign(new Error('wait'), { spendsAttempt: false, retryAfterMs: 10 });
    values.push([first, looked, prose, second]);
    return { message: 'done' };
  };
  await fixture.begin({ runId: 'fiction:scene:failing' });
  expect(await fixture.ended('fiction:scene:failing')).toMatchObject({
    status: 'complete',
    attempt: 3,
    failures: 1,
    pauses: 1,
    calls: 1,
  });
  expect(values).toEqual([[{ times: 1 }, 1, 'The tide came in, and the clock kept time.', [1]]]);
  expect(executions.repeated()).toEqual([]);
  expect(fixture.models.count()).toBe(1);
});

it('starts an attempt once, however many nudges there are and whoever hears them', async () => {
  const executions = new Executions();
  fixture.script = async (run) => {
    executions.count(run.runId, 'run');
    await run.step('only', async () => executions.count(run.runId, 'only'));
    return { message: 'done' };
  };
  const ids = numbers(40).map((n) => `fiction:scene:nudged-${n}`);
  await fixture.begin(...ids.map((runId) => ({ runId })));
  const doubles = fixture.workers.flatMap((worker) =>
    ids.flatMap((runId) => [worker.get(RunClaims).take(runId, 7), worker.get(RunClaims).take('nobody', 1)]),
  );
  for (const worker of fixture.workers) {
    worker.get(Nudger).nudgeBeside(ids.map((runId) => ({ runId, attempt: 1 })));
    worker.get(Nudger).nudge(ids.map((runId) => ({ runId, attempt: 1, delayMs: 0 })));
  }
  await fixture.allEnded();
  expect(new Set(await Promise.all(doubles))).toEqual(new Set([undefined]));
  expect(executions.repeated()).toEqual([]);
  for (const runId of ids) expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 1 });
});

describe('completes everything, and repeats nothing, when Redis', () => {
  /** FLUSHALL, or a part of it, as far as these workers are concerned: other tests share the server. */
  const FORGET = `
    for _, key in ipairs(redis.call('keys', ARGV[1])) do
      if string.find(key, ARGV[2]) then redis.call('del', key) end
    end`;

  async function forgetful(name: string, forgotten: string): Promise<void> {
    const executions = new Executions();
    fixture.script = async (run) => {
      for (const n of numbers(5)) await run.step(`step-${n}`, async () => executions.count(run.runId, `step-${n}`));
      await run.ask('draft', proseTask('scene.draft', { run: run.runId }));
      return { message: 'done' };
    };
    fixture.models.latencyMs = 20;
    const ids = numbers(120).map((n) => `fiction:scene:${name}-${n}`);
    const queue = fixture.workers[0]!.get<Queue>(RUN_QUEUE);
    const prefix = queue.toKey('').split(':')[0]!;
    for (const round of numbers(4)) {
      await fixture.begin(...ids.slice((round - 1) * 30, round * 30).map((runId) => ({ runId })));
      await queue.client.eval(FORGET, 0, `${prefix}:*`, forgotten);
    }
    await fixture.allEnded();
    expect(executions.repeated()).toEqual([]);
    expect(fixture.models.repeated()).toEqual([]);
    for (const runId of ids) expect(await fixture.run(runId)).toMatchObject({ status: 'complete', losses: 0 });
  }

  it('forgets everything, again and again', () => forgetful('flushed', '.'));

  it('forgets what waits, and keeps the jobs', () => forgetful('unqueued', ':wait$'));

  it('forgets the jobs, and keeps what waits', () => forgetful('emptied', '#%d+$'));
});

it('refuses a run that gives two steps one name, since only one of them could be remembered', async () => {
  fixture.script = async (run) => {
    await run.step('same', async () => 1);
    await run.step('same', async () => 2);
    return { message: 'done' };
  };
  await fixture.begin({ runId: 'fiction:scene:twice-named' });
  expect(await fixture.ended('fiction:scene:twice-named')).toMatchObject({
    status: 'failed',
    attempt: 1,
    error: { code: 'STEP_REPEATED' },
  });
});
