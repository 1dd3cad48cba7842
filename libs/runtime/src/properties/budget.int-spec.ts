import { behave, until } from '@fiction/testing';
import { RunExecutor } from '../execution/run-executor';
import { RunStarts } from '../runs/run-starts';
import { beatsTask, GOOD_BEATS, proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => (fixture = await WorkerFixture.start()));
afterAll(() => fixture.stop());
beforeEach(() => fixture.models.reset());

/** A token costs a dollar with the provider of these tests, and every call more than one. */
const ONE_CALL = { usd: 1, tokens: null };
const STOPPED = { status: 'cancelled', details: { reason: 'BUDGET_EXCEEDED' } };

/** As the planner does when a plan has spent its budget. */
const stop = (runId: string): Promise<void> =>
  fixture.living[0]!.transaction((uow, worker) =>
    worker.get(RunStarts).cancel(uow, [{ runId, reason: 'BUDGET_EXCEEDED', letCallsEnd: true }]),
  );
const modelCalls = async (runId: string): Promise<string[]> =>
  (await fixture.steps(runId)).filter(({ kind }) => kind === 'model').map(({ name }) => name);

it.each([
  ['dollars', ONE_CALL],
  ['tokens', { usd: null, tokens: 10 }],
])('a run that has spent its %s asks no more, not even for a repair, and says so', async (what, spendLimit) => {
  const runId = `fiction:scene:spent-${what}`;
  fixture.models.script('beats', [behave.brokenJson(), behave.brokenJson(), behave.brokenJson()]);
  fixture.script = async (run) => ({ message: (await run.ask('beats', beatsTask('beats'))).title });
  await fixture.begin({ runId, spendLimit });
  expect(await fixture.ended(runId)).toMatchObject({ ...STOPPED, attempt: 1, calls: 1 });
  expect(fixture.models.count()).toBe(1);
  expect((await fixture.events(runId)).at(-1)).toMatchObject({
    status: 'Cancelled',
    checkpoint: 'cancelled',
    details: { reason: 'BUDGET_EXCEEDED' },
    usage: { calls: 1 },
  });
});

it('nor for another try, after a failure', async () => {
  const runId = 'fiction:scene:spent-by-tries';
  fixture.script = async (run) => {
    await run.ask(`draft-${run.attempt}`, proseTask('scene.draft'));
    throw new Error('again');
  };
  await fixture.begin({ runId, spendLimit: ONE_CALL });
  expect(await fixture.ended(runId)).toMatchObject({ ...STOPPED, attempt: 2, failures: 1, calls: 1 });
});

it('calls that are open beside the one that is not made are answered and kept; with more it goes on after them', async () => {
  const runId = 'fiction:scene:side-by-side';
  let open = (): void => undefined;
  const latch = new Promise<void>((resolve) => (open = resolve));
  fixture.models.script('slow', [behave.latch(latch)]);
  fixture.script = async (run) => {
    const quick = run.ask('quick', proseTask('quick')).then(() => run.ask('next', proseTask('next')));
    await Promise.all([quick, run.ask('slow', proseTask('slow'))]);
    return { message: 'done' };
  };
  await fixture.begin({ runId, spendLimit: ONE_CALL });
  await until('the quick one is answered', async () => (await modelCalls(runId)).length === 1);
  expect(await fixture.run(runId)).toMatchObject({ status: 'running' });
  open();
  expect(await fixture.ended(runId)).toMatchObject({ ...STOPPED, calls: 2 });
  expect((await modelCalls(runId)).sort()).toEqual(['quick~1', 'slow~1']);

  await fixture.begin({ runId, resumption: 1, spendLimit: { usd: 1e9, tokens: null } });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', calls: 3 });
  expect(fixture.models.repeated()).toEqual([]);
});

it('a run that is stopped because its plan has spent too much ends after its open call, which is not broken off', async () => {
  const runId = 'fiction:scene:others-spent';
  let open = (): void => undefined;
  const latch = new Promise<void>((resolve) => (open = resolve));
  fixture.models.script('scene.draft', [behave.latch(latch)]);
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft'));
    await run.ask('critique', proseTask('scene.critique'));
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.models.waitForCall(({ task }) => task === 'scene.draft');
  // Word of it comes beside the answer of the call, and here before it.
  const told = jest.spyOn(fixture.living[0]!.get(RunExecutor), 'stop');
  await stop(runId);
  await until('the run is told', () => told.mock.calls.length > 0);
  told.mockRestore();
  open();
  expect(await fixture.ended(runId)).toMatchObject({ ...STOPPED, calls: 1 });
  expect(fixture.models.calls.map(({ task, abortedAt }) => [task, abortedAt])).toEqual([['scene.draft', undefined]]);
  // Whoever takes it up again without being told more stops as well.
  const [row] = await fixture.query<{ spend_limit: object }>('SELECT spend_limit FROM runs WHERE id = $1', [runId]);
  expect(row!.spend_limit).toEqual({ usd: -1, tokens: -1 });
});

it('one that needs no more calls completes all the same, and one that has not begun ends at once', async () => {
  let open = (): void => undefined;
  const latch = new Promise<void>((resolve) => (open = resolve));
  fixture.models.script('beats', [behave.latch(latch, behave.answer(JSON.stringify(GOOD_BEATS)))]);
  fixture.script = async (run) => ({ message: (await run.ask('beats', beatsTask('beats'))).title });
  await fixture.begin({ runId: 'fiction:scene:last-call' });
  await fixture.models.waitForCall(({ task }) => task === 'beats');
  await stop('fiction:scene:last-call');
  open();
  expect(await fixture.ended('fiction:scene:last-call')).toMatchObject({ status: 'complete' });

  fixture.models.script('beats', [behave.throttle(600)]);
  await fixture.begin({ runId: 'fiction:scene:waiting' });
  await until('it waits', async () => (await fixture.run('fiction:scene:waiting')).pauses === 1);
  await stop('fiction:scene:waiting');
  expect(await fixture.run('fiction:scene:waiting')).toMatchObject({ status: 'cancelled' });
});
