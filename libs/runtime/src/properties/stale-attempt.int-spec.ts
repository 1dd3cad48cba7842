import { NO_USAGE } from '@fiction/contracts';
import { behave, until } from '@fiction/testing';
import { Journal } from '../journal/journal';
import { RuntimeMetrics } from '../metrics/runtime.metrics';
import { StaleAttemptError } from '../execution/errors';
import { RunExecutor } from '../execution/run-executor';
import { LostRuns } from '../reconciler/lost-runs';
import type { RunContext } from '../runs/run.types';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2 });
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.models.reset());

/** A latch: what waits for `opened` goes on when `open` is called. */
function latch(): { open: () => void; opened: Promise<void> } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** As if its worker were dead to the others, while it lives on. */
async function takeForDead(runId: string): Promise<void> {
  await fixture.query('UPDATE runs SET worker_id = -1 WHERE id = $1', [runId]);
}

const outcomes = async (status: string): Promise<number> => {
  const counts = await Promise.all(fixture.workers.map((worker) => worker.get(RuntimeMetrics).runs.get()));
  return counts
    .flatMap((count) => count.values)
    .filter((value) => value.labels.status === status)
    .reduce((sum, value) => sum + value.value, 0);
};

it("writes nothing under an attempt that is no longer the current one: not its step, nor the step's effect, nor its end", async () => {
  const runId = 'fiction:scene:fenced';
  const gate = latch();
  const seen: unknown[] = [];
  fixture.script = async (run) => {
    await run.step('before', async () => run.attempt);
    if (run.attempt === 1) await gate.opened;
    try {
      await run.step(
        'act',
        async () => run.attempt,
        async (uow, by) => void (await uow.query('INSERT INTO notes (run_id, note) VALUES ($1, $2)', [runId, by])),
      );
    } catch (error) {
      seen.push(error);
      throw error;
    }
    return { message: `done by attempt ${run.attempt}` };
  };
  await fixture.begin({ runId });
  await until('the first step is recorded', async () => (await fixture.steps(runId)).length === 1);
  await takeForDead(runId);
  await fixture.ended(runId);

  const before = await outcomes('stale');
  gate.open();
  await until('the old attempt has ended', async () => (await outcomes('stale')) === before + 1);
  expect(seen).toEqual([expect.any(StaleAttemptError)]);
  expect(await fixture.notes(runId)).toEqual(['2']);
  expect((await fixture.steps(runId)).map(({ name, attempt }) => [name, attempt])).toEqual([
    ['before', 1],
    ['act', 2],
  ]);
  expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 2, losses: 1 });
  const events = await fixture.events(runId);
  expect(events.filter((event) => event.status === 'Completed')).toMatchObject([{ message: 'done by attempt 2' }]);
  expect(events.some((event) => event.status === 'Failed')).toBe(false);
});

it('takes no step of an old attempt while the current one is under way, whoever hands it in', async () => {
  const runId = 'fiction:scene:overtaken';
  const gate = latch();
  const attempts: RunContext[] = [];
  fixture.script = async (run) => {
    attempts.push(run);
    await gate.opened;
    return { message: `done by attempt ${run.attempt}` };
  };
  await fixture.begin({ runId });
  await until('it is under way', () => attempts.length === 1);
  await takeForDead(runId);
  await until('it is taken up again', () => attempts.length === 2);
  const entry = { run: attempts[0], usage: NO_USAGE, steps: [{ name: 'late', kind: 'action', result: 1 }] };
  expect(await fixture.living[0]!.get(Journal).record(entry as never)).toBe('stale');
  expect(await fixture.steps(runId)).toEqual([]);
  gate.open();
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2 });
});

it('does not complete a run twice when an old attempt gets to its end late', async () => {
  const runId = 'fiction:scene:late-end';
  const gate = latch();
  fixture.script = async (run) => {
    if (run.attempt === 1) await gate.opened;
    return {
      message: `done by attempt ${run.attempt}`,
      effect: async (uow) => void (await uow.query(`INSERT INTO notes (run_id, note) VALUES ($1, 'end')`, [runId])),
    };
  };
  await fixture.begin({ runId });
  await until('it is running', async () => (await fixture.run(runId)).status === 'running');
  await takeForDead(runId);
  await fixture.ended(runId);
  const before = await outcomes('stale');
  gate.open();
  await until('the old attempt has ended', async () => (await outcomes('stale')) === before + 1);
  expect(await fixture.notes(runId)).toEqual(['end']);
  expect((await fixture.statuses(runId)).filter((status) => status === 'Completed')).toHaveLength(1);
});

it('closes the model calls of an old attempt once a step tells that it is old, though its runner waits for them', async () => {
  const runId = 'fiction:scene:two-at-once';
  const gate = latch();
  fixture.models.script('scene.hanging', [behave.hang()]);
  fixture.script = async (run) => {
    if (run.attempt > 1) return { message: 'done' };
    await Promise.allSettled([
      run.ask('hanging', proseTask('scene.hanging')),
      gate.opened.then(() => run.step('beside', async () => 1)),
    ]);
    return { message: 'never' };
  };
  await fixture.begin({ runId });
  await fixture.models.waitForCall((call) => call.task === 'scene.hanging');
  // Where the next attempt is begun by the same process, that ends the old one.
  const holder = fixture.workers.find((worker) => worker.get(RunExecutor).held().size > 0)!;
  const takeBack = jest.spyOn(holder.get(LostRuns), 'takeBack').mockResolvedValue(false);
  await takeForDead(runId);
  await fixture.ended(runId);
  gate.open();
  await fixture.models.waitForCall((call) => call.abortedAt !== undefined);
  takeBack.mockRestore();
  expect(await fixture.steps(runId)).toEqual([]);
});

it('gives an old nudge nothing, though it comes in one breath with the current one', async () => {
  const runId = 'fiction:scene:doubly-nudged';
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.doubly-nudged'));
    return { message: `done by attempt ${run.attempt}` };
  };
  await fixture.begin({ runId });
  await fixture.ended(runId);
  await fixture.query(
    `UPDATE runs SET status = 'queued', attempt = 2, available_at = now(), finished_at = NULL WHERE id = $1`,
    [runId],
  );
  const executor = fixture.living[0]!.get(RunExecutor);
  await Promise.all([executor.execute(runId, 1), executor.execute(runId, 2)]);
  expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 2, losses: 0 });
  expect(fixture.models.count('scene.doubly-nudged')).toBe(1);
});
