import { runStarted, waitTold } from '@fiction/contracts';
import { ModelServer, until } from '@fiction/testing';
import { MAX_FAILURES } from '../execution/failure';
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
  'waits for a model server that is only starting up, and spends no attempt on it',
  async () => {
    const runId = 'fiction:scene:loading';
    const loading = { kind: 'status', status: 503, body: 'Loading model' } as const;
    fixture.script = async (run) => ({ message: await run.ask('draft', proseTask('scene.loading')) });
    // More of them than a run may fail.
    fixture.models.script(
      'scene.loading',
      Array.from({ length: 2 * MAX_FAILURES }, () => loading),
    );
    await fixture.begin({ runId });
    const run = await fixture.endedInHaste(runId);
    expect(run).toMatchObject({ status: 'complete', failures: 0, pauses: 2 * MAX_FAILURES, calls: 1 });
    const waits = (await fixture.events(runId)).filter((event) => event.status === 'Resumed');
    expect(new Set(waits.map((event) => event.message))).toEqual(
      new Set(['waits for local/novelist: HTTP 503, Loading model']),
    );
  },
  2 * WITHIN_MS,
);

it('is no longer said to wait once it goes back to the queue for something else', async () => {
  const runId = 'fiction:scene:not-waiting-any-more';
  fixture.models.script('scene.loading', [{ kind: 'status', status: 503, body: 'Loading model' }]);
  fixture.script = async (run) => {
    if (run.attempt === 2) throw new Error('something else');
    return { message: await run.ask('draft', proseTask('scene.loading')) };
  };
  await fixture.begin({ runId });
  expect(await fixture.endedInHaste(runId)).toMatchObject({ status: 'complete', attempt: 3, failures: 1, pauses: 1 });
  const told = (await fixture.events(runId)).filter((event) => waitTold(event) !== undefined);
  expect(told.map((event) => `${event.attempt} ${waitTold(event)} ${event.message}`)).toEqual([
    '2 true waits for local/novelist: HTTP 503, Loading model',
    '3 false something else',
  ]);
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
    // That it waits, and goes on, is for people to see at once; each is told once.
    const told = (await fixture.events(runId)).filter((event) => waitTold(event) !== undefined);
    expect(told.map((event) => `${event.attempt} ${waitTold(event)}`)).toEqual([
      ...waits.map((event) => `${event.attempt} true`),
      `${run.attempt} false`,
    ]);
    const subjects = await fixture.query<{ subject: string }>(
      `SELECT DISTINCT subject FROM outbox, json_array_elements(body -> 'events') AS event
       WHERE event ->> 'runId' = $1 AND event -> 'details' -> 'waits' IS NOT NULL`,
      [runId],
    );
    expect(subjects).toEqual([{ subject: runStarted.subject }]);
    for (const [index, leastMs] of [250, 500, 1_000].entries()) {
      const waited = waits[index]!.details['retryInMs'];
      expect(waited).toBeGreaterThanOrEqual(leastMs);
      expect(waited).toBeLessThanOrEqual(leastMs * 1.25);
    }
    const failed = (await fixture.steps(runId)).filter((step) => step.kind === 'model-failure');
    expect(failed.map((step) => step.validation)).toEqual(failed.map(() => 'PROVIDER_UNREACHABLE'));
  },
  2 * WITHIN_MS,
);
