import { until } from '@fiction/testing';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

const RUNS = 40;
const CUTS = 6;
const CALLS_AT_ONCE = 32;

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start({ workers: 2, concurrency: CALLS_AT_ONCE / 2, model: { latencyMs: 30 } });
});
afterAll(() => fixture.stop());

it('completes every run when all connections are ended again and again, and repeats at most what was in flight', async () => {
  const executions = new Map<string, number>();
  fixture.script = async (run) => {
    for (const name of ['one', 'two', 'three']) {
      await run.ask(name, proseTask('scene.draft', { run: run.runId, name }));
      await run.step(
        `noted-${name}`,
        async () => {
          const key = `${run.runId} ${name}`;
          executions.set(key, (executions.get(key) ?? 0) + 1);
          return name;
        },
        async (uow) => void (await uow.query('INSERT INTO notes (run_id, note) VALUES ($1, $2)', [run.runId, name])),
      );
    }
    return { message: 'done' };
  };
  const ids = Array.from({ length: RUNS }, (_, n) => `fiction:scene:run-${n}`);
  await fixture.begin(...ids.map((runId) => ({ runId })));
  let inFlight = 0;
  for (let cut = 1; cut <= CUTS; cut += 1) {
    const share = Math.floor((cut * RUNS * 3) / (CUTS + 1));
    await until('the work has got on', () => fixture.models.count() >= share);
    inFlight += fixture.models.inFlight;
    await fixture.terminateBackends();
  }
  await fixture.allEnded();

  for (const runId of ids) {
    expect(await fixture.run(runId)).toMatchObject({ status: 'complete', failures: 0, calls: 3 });
    expect(await fixture.notes(runId)).toEqual(['one', 'two', 'three']);
    expect((await fixture.statuses(runId)).filter((status) => status === 'Completed')).toHaveLength(1);
  }
  const repeatedActions = [...executions.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(fixture.models.repeated().length + repeatedActions).toBeLessThanOrEqual(inFlight + CUTS * CALLS_AT_ONCE);
  // What the journal held while it had no connection was not made again.
  expect(fixture.models.repeated().length).toBeLessThanOrEqual(inFlight);
});
