import { METRICS_REGISTRY } from '@fiction/platform';
import { behave, until } from '@fiction/testing';
import type { Registry } from 'prom-client';
import { metadataOf, proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start();
});
afterAll(() => fixture.stop());

/** What one metric shows, by the labels that tell its series apart. */
async function shown(name: string): Promise<string> {
  const metrics = await fixture.workers[0]!.get<Registry>(METRICS_REGISTRY).metrics();
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .join('\n');
}

it('shows ends of attempts, steps and what is in flight before anything has happened', async () => {
  for (const status of ['complete', 'failed', 'blocked', 'cancelled', 'paused', 'retried', 'released', 'stale']) {
    expect(await shown('fiction_runs_total')).toMatch(new RegExp(`phase="scene",status="${status}".*\\} 0$`, 'm'));
  }
  expect(await shown('fiction_run_seconds_count')).toMatch(/phase="scene"\} 0$/);
  expect(await shown('fiction_runs_in_flight')).toMatch(/phase="scene".*\} 0$/);
  for (const kind of ['action', 'model', 'replayed']) {
    expect(await shown('fiction_steps_total')).toMatch(new RegExp(`kind="${kind}".*\\} 0$`, 'm'));
  }
});

it('shows what calls cost before the first, of models with a price', async () => {
  expect(await shown('fiction_model_cost_usd_total')).toMatch(/provider="local",model="novelist".*\} 0$/);
  expect(await shown('fiction_model_calls_total')).toMatch(/model="novelist",validation="valid".*\} 0$/m);
});

it('shows what may come of calls, while the first is under way, of a model that the file does not name', async () => {
  let open!: () => void;
  fixture.models.script('scene.draft', [behave.latch(new Promise<void>((resolve) => (open = resolve)))]);
  fixture.script = async (run) => {
    await run.ask('draft', proseTask('scene.draft', { run: run.runId }));
    return { message: 'written' };
  };
  const runId = 'fiction:scene:first';
  const metadata = metadataOf({ backlogItemId: runId, taskId: runId, modelId: 'unnamed' });
  await fixture.begin({ runId, metadata });
  await until('the model is asked', async () => fixture.models.inFlight === 1);
  for (const validation of ['valid', 'wrong-schema', 'PROVIDER_REFUSED', 'PROVIDER_UNREACHABLE']) {
    const calls = new RegExp(`provider="local",model="unnamed",validation="${validation}".*\\} 0$`, 'm');
    expect(await shown('fiction_model_calls_total')).toMatch(calls);
  }
  expect(await shown('fiction_model_cost_usd_total')).toMatch(/model="unnamed".*\} 0$/m);
  expect(await shown('fiction_model_tokens_total')).toMatch(/model="unnamed",direction="output".*\} 0$/m);
  expect(await shown('fiction_model_call_seconds_count')).toMatch(/model="unnamed"\} 0$/m);
  open();
  await fixture.allEnded();
  expect(await shown('fiction_model_calls_total')).toMatch(/model="unnamed",validation="valid".*\} 1$/m);
});
