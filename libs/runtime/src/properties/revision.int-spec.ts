import { behave, until } from '@fiction/testing';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2 });
});
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.models.reset();
  fixture.script = async (run) => {
    await run.step('input', async () => run.revision);
    await run.ask('draft', proseTask('scene.draft', { revision: run.revision }));
    return { message: `done on revision ${run.revision}` };
  };
});

it('takes new steps on new input, and keeps the old ones as history', async () => {
  const runId = 'fiction:scene:revised';
  await fixture.begin({ runId });
  await fixture.ended(runId);
  await fixture.begin({ runId, revision: 2 });
  await until('the second revision is complete', async () => {
    const run = await fixture.run(runId);
    return run.revision === 2 && run.status === 'complete';
  });
  expect((await fixture.steps(runId)).map(({ name, revision, result }) => [revision, name, result])).toEqual([
    [1, 'input', 1],
    [1, 'draft~1', null],
    [2, 'input', 2],
    [2, 'draft~1', null],
  ]);
  // What it has cost goes on being counted.
  expect(await fixture.run(runId)).toMatchObject({ attempt: 2, calls: 2, failures: 0 });
  const events = await fixture.events(runId);
  expect(events.map(({ status, revision, usage }) => [status, revision, usage.calls])).toEqual([
    ['Enqueued', 1, 0],
    ['Started', 1, 0],
    ['Completed', 1, 1],
    ['Enqueued', 2, 1],
    ['Started', 2, 1],
    ['Completed', 2, 2],
  ]);
});

it('changes nothing when the same revision, or an older one, is asked for again', async () => {
  const runId = 'fiction:scene:again';
  await fixture.begin({ runId, revision: 3 });
  await fixture.ended(runId);
  const before = await fixture.run(runId);
  await fixture.begin({ runId, revision: 3 }, { runId, revision: 2 });
  await fixture.begin({ runId, revision: 1 });
  expect(await fixture.run(runId)).toEqual(before);
  expect(await fixture.statuses(runId)).toEqual(['Enqueued', 'Started', 'Completed']);
});

it('works on the latest of several revisions that are asked for together', async () => {
  const runId = 'fiction:scene:several';
  await fixture.begin({ runId, revision: 1 }, { runId, revision: 3 }, { runId, revision: 2 });
  expect(await fixture.ended(runId)).toMatchObject({ revision: 3, attempt: 1, status: 'complete' });
});

it('ends the work on the old input at once, and nothing of it counts', async () => {
  const runId = 'fiction:scene:outrun';
  fixture.models.script('scene.draft', [behave.hang()]);
  await fixture.begin({ runId });
  await fixture.models.waitForCall(() => true);
  const askedAt = performance.now();
  await fixture.begin({ runId, revision: 2 });
  const call = await fixture.models.waitForCall((each) => each.abortedAt !== undefined);
  expect(call.abortedAt! - askedAt).toBeLessThan(1_000);
  await until('the second revision is complete', async () => (await fixture.run(runId)).status === 'complete');
  const events = await fixture.events(runId);
  expect(events.map(({ status, revision }) => [status, revision])).toEqual([
    ['Enqueued', 1],
    ['Started', 1],
    ['Enqueued', 2],
    ['Started', 2],
    ['Completed', 2],
  ]);
});
