import { ModelServer, until } from '@fiction/testing';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

const PAUSES = 3;
const WITHIN_MS = 30_000;

let fixture: WorkerFixture;
let back: ModelServer | undefined;
beforeAll(async () => {
  fixture = await WorkerFixture.start();
});
afterAll(async () => {
  await back?.stop();
  await fixture.stop();
});

it(
  'waits for a model server that is away, tells what it waits for, and goes on where it was when it is back',
  async () => {
    const runId = 'fiction:scene:out-of-reach';
    const { port } = new URL(fixture.models.baseUrl);
    let begun = 0;
    fixture.script = async (run) => {
      await run.step('before', async () => (begun += 1));
      return { message: await run.ask('draft', proseTask('scene.draft')) };
    };
    // Before any call: a kept connection that is closed under a call has carried it, which is an attempt that failed.
    await fixture.models.stop();
    await fixture.begin({ runId });
    await until('it has waited some times', async () => (await fixture.run(runId)).pauses >= PAUSES, WITHIN_MS);
    back = await ModelServer.start({}, Number(port));

    const run = await fixture.ended(runId, WITHIN_MS);
    expect(run).toMatchObject({ status: 'complete', failures: 0, calls: 1 });
    expect(run.attempt).toBe(run.pauses + 1);
    expect(begun).toBe(1);
    expect(back.count('scene.draft')).toBe(1);
    const waits = (await fixture.events(runId)).filter((event) => event.status === 'Resumed');
    expect(waits).toHaveLength(run.pauses);
    expect(new Set(waits.map((event) => event.message))).toEqual(
      new Set(['waits for local/novelist: connection refused']),
    );
    expect(waits.slice(0, PAUSES).map((event) => event.details.retryInMs)).toEqual([250, 500, 1_000]);
    const failed = (await fixture.steps(runId)).filter((step) => step.kind === 'model-failure');
    expect(failed.map((step) => step.validation)).toEqual(failed.map(() => 'PROVIDER_UNREACHABLE'));
  },
  2 * WITHIN_MS,
);
