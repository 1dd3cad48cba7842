import { ModelClient } from '@fiction/llm';
import { behave, until } from '@fiction/testing';
import { RunExecutor } from '../execution/run-executor';
import { Reconciler } from '../reconciler/reconciler';
import { NO_MORE, RunStarts } from '../runs/run-starts';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

/** A run that is to spend no more makes no further call, wherever it is when it is told, and whether it hears it or not. */

const RUNS = 6;
const ids = Array.from({ length: RUNS }, (_, n) => `fiction:scene:soft-${n}`);

let fixture: WorkerFixture;
let answer: () => void;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ slots: 1, concurrency: RUNS });
  const latch = new Promise<void>((resolve) => (answer = resolve));
  fixture.models.script('first', [behave.latch(latch)]);
  fixture.script = async (run) => {
    await run.ask('first', proseTask('first', { run: run.runId }));
    await run.ask('second', proseTask('second', { run: run.runId }));
    return { message: 'done' };
  };
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fixture.stop();
});

const begin = async (runIds: string[]): Promise<void> => {
  await fixture.begin(...runIds.map((runId) => ({ runId })));
  const models = fixture.living[0]!.get(ModelClient);
  await until('one asks and the others wait for its slot', () => {
    const [load] = models.load();
    return fixture.models.count() === 1 && load?.queued === runIds.length - 1;
  });
};
const stop = (runIds: string[]): Promise<void> =>
  fixture.living[0]!.transaction((uow, worker) =>
    worker.get(RunStarts).cancel(
      uow,
      runIds.map((runId) => ({ runId, reason: 'BUDGET_EXCEEDED', letCallsEnd: true })),
    ),
  );

/** Resolves once the worker knows of all that they are stopped. */
async function known(runIds: string[]): Promise<void> {
  const stopping = jest.spyOn(fixture.living[0]!.get(RunExecutor), 'stop');
  await until('the worker knows', () => runIds.every((id) => stopping.mock.calls.some(([runId]) => runId === id)));
}

it('a call that waits for its slot when its run is stopped is not made', async () => {
  await begin(ids);
  await Promise.all([known(ids), stop(ids)]);
  answer();
  await fixture.allEnded();
  expect(fixture.models.count()).toBe(1);
  const runs = await fixture.query<object>('SELECT status, details FROM runs');
  expect(runs).toEqual(ids.map(() => ({ status: 'cancelled', details: { reason: 'BUDGET_EXCEEDED' } })));
});

it('a call that is open when its run is stopped is answered and on record, though the worker looks at its runs meanwhile', async () => {
  const [runId] = ids as [string];
  await begin([runId]);
  await Promise.all([known([runId]), stop([runId])]);
  await fixture.living[0]!.get(Reconciler).reconcile();
  answer();
  expect(await fixture.ended(runId)).toMatchObject({ status: 'cancelled', calls: 1 });
  expect((await fixture.steps(runId)).map(({ name }) => name)).toEqual(['first~1']);
});

it('a stop that nobody heard is seen by whoever has the run', async () => {
  const [runId] = ids as [string];
  await begin([runId]);
  // As when the connection that would hear it is just being made anew.
  await Promise.all([known([runId]), fixture.query(`UPDATE runs SET spend_limit = ${NO_MORE}`)]);
  answer();
  await fixture.allEnded();
  expect(fixture.models.count()).toBe(1);
});
