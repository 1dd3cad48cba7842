import { behave, until } from '@fiction/testing';
import { MAX_PAUSES } from '../execution/failure';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start();
});
afterAll(() => fixture.stop());
beforeEach(() => {
  fixture.models.reset();
  fixture.script = async (run) => {
    await run.step('before', async () => 1);
    const prose = await run.ask('draft', proseTask('scene.draft'));
    return { message: prose };
  };
});

it('waits as long as a 429 says, spends no failure, and goes on where it was', async () => {
  const runId = 'fiction:scene:throttled';
  fixture.models.script('scene.draft', [behave.throttle(1)]);
  await fixture.begin({ runId });
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 2, failures: 0, pauses: 1 });
  const [first, second] = fixture.models.calls;
  expect(second!.at - first!.answeredAt!).toBeGreaterThanOrEqual(990);
  expect(second!.at - first!.answeredAt!).toBeLessThan(2_500);

  const steps = await fixture.steps(runId);
  expect(steps.map(({ name, kind, validation }) => [name, kind, validation])).toEqual([
    ['before', 'action', null],
    ['draft~1!1.1', 'model-failure', 'PROVIDER_THROTTLED'],
    ['draft~1', 'model', 'valid'],
  ]);
  const resumed = (await fixture.events(runId)).find((event) => event.status === 'Resumed');
  expect(resumed).toMatchObject({ attempt: 2, details: { code: 'PROVIDER_THROTTLED', retryInMs: 1_000 } });
  expect(resumed!.message).toMatch(/^waits for local\/novelist: HTTP 429/);
});

it('holds no worker while it waits', async () => {
  const runId = 'fiction:scene:patient';
  fixture.models.script('scene.draft', [behave.throttle(600)]);
  await fixture.begin({ runId });
  await until('it waits', async () => (await fixture.run(runId)).attempt === 2);
  const run = await fixture.run(runId);
  expect(run).toMatchObject({ status: 'queued', worker_id: null, pauses: 1 });
  await fixture.cancel(runId);
});

it('does not wait for ever: after a bounded number of waits it fails and says why', async () => {
  const runId = 'fiction:scene:never';
  fixture.script = async (run) => {
    if (run.attempt === 1) await fixture.query('UPDATE runs SET pauses = $2 WHERE id = $1', [runId, MAX_PAUSES - 2]);
    if (run.attempt > 2) throw new Error('it should have ended');
    throw Object.assign(new Error('the provider asks to wait'), {
      code: 'PROVIDER_THROTTLED',
      retryable: true,
      spendsAttempt: false,
      retryAfterMs: 0,
    });
  };
  await fixture.begin({ runId });
  const run = await fixture.ended(runId);
  expect(run).toMatchObject({ status: 'failed', attempt: 2, failures: 0, error: { code: 'PROVIDER_THROTTLED' } });
  expect(run.error!.message).toContain(`gave up after ${MAX_PAUSES} waits`);
});
