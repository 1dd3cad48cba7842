import { until } from '@fiction/testing';
import { RunExecutor } from '../execution/run-executor';
import { Journal } from '../journal/journal';
import { Reconciler } from '../reconciler/reconciler';
import { RunStarts } from '../runs/run-starts';
import { metadataOf, proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeEach(async () => (fixture = await WorkerFixture.start()));
afterEach(() => fixture.stop());

const runId = 'fiction:scene:resumed';

const START = {
  runId,
  revision: 1,
  planId: 'plan-1',
  branch: 'main',
  phase: 'scene' as const,
  target: {},
  metadata: metadataOf(),
};

async function cancel(resumption: number): Promise<void> {
  await fixture.living[0]!.transaction((uow, worker) =>
    worker.get(RunStarts).cancel(uow, [{ runId, reason: 'because', start: { ...START, resumption } }]),
  );
}

it('goes on with the recorded steps, and with another model for the rest', async () => {
  let fail = true;
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft'));
    if (fail) throw Object.assign(new Error('no good'), { code: 'NO_GOOD', retryable: false });
    await run.ask('revise', proseTask('scene.revise'));
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'failed', attempt: 1 });
  fail = false;
  await fixture.begin({ runId, resumption: 1, metadata: metadataOf({ modelId: 'essayist' }) });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2, failures: 0, calls: 2 });
  expect(fixture.models.calls.map((call) => [call.task, call.model])).toEqual([
    ['scene.draft', 'novelist'],
    ['scene.revise', 'essayist'],
  ]);
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Failed', 'Resumed', 'Started', 'Completed']);
});

it('happens once however often it is told, and never to what is complete', async () => {
  let executions = 0;
  fixture.script = async () => {
    executions += 1;
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.ended(runId);
  await fixture.begin({ runId, resumption: 1 });
  await fixture.begin({ runId: 'fiction:scene:other' });
  await fixture.ended('fiction:scene:other');
  expect(await fixture.run(runId)).toMatchObject({ status: 'complete', attempt: 1 });
  expect(executions).toBe(2);
});

it('asks an attempt that is still under way to end, and begins when it has', async () => {
  const begun: number[] = [];
  let letGo = (): void => undefined;
  const latch = new Promise<void>((open) => (letGo = open));
  fixture.script = async (run) => {
    begun.push(run.attempt);
    if (run.attempt === 1) {
      await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
      await latch;
    }
    await run.step('write', async () => run.attempt);
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await until('the first attempt is under way', () => begun.length === 1);
  await fixture.begin({ runId, resumption: 1 });
  await fixture.living[0]!.get(Reconciler).reconcile();
  expect(await fixture.run(runId)).toMatchObject({ status: 'running', attempt: 1 });
  letGo();
  await until('the second attempt is under way', () => begun.length === 2);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2 });
  expect((await fixture.steps(runId)).map((step) => step.attempt)).toEqual([2]);
  expect(await fixture.statuses(runId)).toEqual([
    'Enqueued',
    'Started',
    'Cancelled',
    'Resumed',
    'Started',
    'Completed',
  ]);
});

describe('while the attempt it follows holds an answer that is not written down yet', () => {
  /** A run that has been answered; what `letGo` releases is the record of it. */
  async function answered(): Promise<{ letGo: () => void; toldToEnd: () => Promise<boolean> }> {
    const ending = jest.spyOn(fixture.living[0]!.get(RunExecutor), 'cancel');
    let letGo = (): void => undefined;
    const latch = new Promise<void>((open) => (letGo = open));
    const journal = fixture.living[0]!.get(Journal);
    const record = journal.record.bind(journal);
    let isAnswered = false;
    jest.spyOn(journal, 'record').mockImplementation(async (entry) => {
      if (entry.steps !== undefined && entry.run.attempt === 1) {
        isAnswered = true;
        await latch;
      }
      return record(entry);
    });
    fixture.script = async (run) => {
      await run.ask('draft', proseTask('scene.draft'));
      return { message: 'done' };
    };
    await fixture.begin({ runId });
    await until('the call is answered', () => isAnswered);
    return { letGo, toldToEnd: () => until('the run is told to end', () => ending.mock.calls.length > 0) };
  }

  it('does not ask again', async () => {
    const { letGo, toldToEnd } = await answered();
    await cancel(0);
    await fixture.begin({ runId, resumption: 1 });
    // Word of it comes beside the record, and a run that has not heard of it by then completes.
    await toldToEnd();
    letGo();
    await until('the resume is at its end', async () => (await fixture.run(runId)).attempt === 2);
    expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2, resumption: 1, calls: 1 });
    expect(fixture.models.calls).toHaveLength(1);
  });

  it('goes on without it when its worker is gone', async () => {
    await answered();
    await fixture.addWorker();
    await fixture.locksAreBelieved();
    await fixture.living[1]!.transaction((uow, worker) =>
      worker.get(RunStarts).start(uow, [{ ...START, resumption: 1 }]),
    );
    await fixture.workers[0]!.die();
    await until('it is resumed', async () => (await fixture.run(runId)).resumption === 1);
    expect(await fixture.ended(runId)).toMatchObject({ status: 'complete' });
    expect(fixture.models.calls).toHaveLength(2);
  });

  it.each([
    ['itself', () => cancel(1)],
    ['by whoever does not know how often it was resumed', () => fixture.cancel(runId)],
  ])('does not begin at all when it is cancelled %s', async (_whom, cancelled) => {
    const { letGo, toldToEnd } = await answered();
    await fixture.begin({ runId, resumption: 1 });
    await cancelled();
    await toldToEnd();
    letGo();
    expect(await fixture.ended(runId)).toMatchObject({ status: 'cancelled', attempt: 1 });
    await fixture.living[0]!.get(Reconciler).reconcile();
    expect(await fixture.run(runId)).toMatchObject({ status: 'cancelled', attempt: 1 });
    expect(await fixture.query('SELECT * FROM held_starts')).toEqual([]);
  });
});

it('a cancel that comes before its start keeps it from running; a later resume sets it going, with all of its tries', async () => {
  fixture.script = async () => ({ message: 'done' });
  await cancel(0);
  await fixture.begin({ runId });
  expect(await fixture.run(runId)).toMatchObject({ status: 'cancelled', attempt: 1 });
  await fixture.query('UPDATE runs SET failures = 4, pauses = 199, losses = 24');
  await fixture.begin({ runId, resumption: 1 });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', failures: 0, pauses: 0, losses: 0 });
});

it('a cancel that comes after a newer start does not touch it', async () => {
  fixture.script = async () => ({ message: 'done' });
  await fixture.begin({ runId, resumption: 1 });
  await cancel(0);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete' });
});
