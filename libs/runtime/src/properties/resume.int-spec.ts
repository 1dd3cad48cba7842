import { until } from '@fiction/testing';
import { RunStarts } from '../runs/run-starts';
import { metadataOf, proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeEach(async () => (fixture = await WorkerFixture.start()));
afterEach(() => fixture.stop());

const runId = 'fiction:scene:resumed';

async function cancel(resumption: number): Promise<void> {
  const start = {
    runId,
    revision: 1,
    resumption,
    planId: 'plan-1',
    branch: 'main',
    phase: 'scene' as const,
    target: {},
    metadata: metadataOf(),
  };
  await fixture.living[0]!.transaction((uow, worker) =>
    worker.get(RunStarts).cancel(uow, [{ runId, reason: 'because', start }]),
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

it('takes the place of an attempt that is still under way: its writes count no more', async () => {
  const begun: number[] = [];
  const ended: string[] = [];
  fixture.script = async (run) => {
    begun.push(run.attempt);
    if (run.attempt === 1) {
      await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
      ended.push(String(run.signal.reason));
    }
    await run.step('write', async () => run.attempt);
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await until('the first attempt is under way', () => begun.length === 1);
  await fixture.begin({ runId, resumption: 1 });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2 });
  await until('the first attempt has heard of it', () => ended.length === 1);
  expect((await fixture.steps(runId)).map((step) => step.attempt)).toEqual([2]);
});

it('a cancel that comes before its start keeps it from running; a later resume sets it going', async () => {
  fixture.script = async () => ({ message: 'done' });
  await cancel(0);
  await fixture.begin({ runId });
  expect(await fixture.run(runId)).toMatchObject({ status: 'cancelled', attempt: 1 });
  await fixture.begin({ runId, resumption: 1 });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete' });
});

it('a cancel that comes after a newer start does not touch it', async () => {
  fixture.script = async () => ({ message: 'done' });
  await fixture.begin({ runId, resumption: 1 });
  await cancel(0);
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete' });
});
