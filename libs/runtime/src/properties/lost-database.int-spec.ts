import { until } from '@fiction/testing';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

const RUNS = 40;
const OUTAGES = 6;
const RUN_AT_ONCE = 16;

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ workers: 2, concurrency: RUN_AT_ONCE, model: { latencyMs: 5 } });
});
afterEach(() => fixture.stop());

it('loses nothing when every connection to PostgreSQL ends, again and again', async () => {
  fixture.script = async (run) => {
    for (const round of [1, 2, 3]) {
      await run.ask(`ask-${round}`, proseTask('scene.draft', { run: run.runId, round }));
      await run.step(`step-${round}`, async () => round);
    }
    return { message: 'done' };
  };
  const ids = Array.from({ length: RUNS }, (_, index) => `fiction:scene:tossed-${index}`);
  await fixture.begin(...ids.map((runId) => ({ runId })));
  for (let outage = 1; outage <= OUTAGES; outage += 1) {
    const calls = Math.floor((outage * RUNS * 3) / (OUTAGES + 1));
    await until('the book has got on', () => fixture.models.count('scene.draft') >= calls);
    await fixture.terminateBackends();
  }
  await fixture.allEnded(30_000);

  for (const runId of ids) {
    expect(await fixture.run(runId)).toMatchObject({ status: 'complete', failures: 0, calls: 3 });
    expect((await fixture.steps(runId)).length).toBe(6);
  }
  // A worker whose liveness connection ends is taken for dead at worst: what it had under way is made again, once an outage.
  const repeated = fixture.models.count('scene.draft') - RUNS * 3;
  expect(repeated).toBeLessThanOrEqual(OUTAGES * 2 * RUN_AT_ONCE);
});
