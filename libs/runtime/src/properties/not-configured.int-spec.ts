import { until } from '@fiction/testing';
import { MAX_FAILURES } from '../execution/failure';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

const WITHIN_MS = 20_000;
/** Far less than the run had still to wait. */
const AT_ONCE_MS = 6_000;

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ workers: 0 });
  fixture.script = async (run) => ({ message: await run.ask('draft', proseTask('scene.draft')) });
});
afterEach(() => fixture.stop());

const local = (more = ''): string =>
  `providers: { local: { kind: openai-compatible, lane: metal, baseUrl: "${fixture.models.baseUrl}"${more} } }`;

interface Start {
  file: () => string;
  keys?: Record<string, string>;
}

it.each<{ what: string; without: Start; with: Start; waitsFor: string; code: string }>([
  {
    what: 'the providers file',
    without: { file: () => 'providers: { rehearsal: { kind: rehearsal, lane: metal } }' },
    with: { file: () => local() },
    waitsFor: 'local/novelist, which is not configured: the providers are: rehearsal; FICTION_PROVIDERS names',
    code: 'UNKNOWN_PROVIDER',
  },
  {
    what: 'the model',
    without: { file: () => local(', models: [poet]') },
    with: { file: () => local(', models: [poet, novelist]') },
    waitsFor: 'local/novelist, which is not a model of the provider: its models are: poet',
    code: 'UNKNOWN_MODEL',
  },
  {
    what: 'the key',
    without: { file: () => local(', apiKeyEnv: MY_KEY') },
    with: { file: () => local(', apiKeyEnv: MY_KEY'), keys: { MY_KEY: 'sk-1' } },
    waitsFor: 'local/novelist, which has no API key: set the environment variable MY_KEY',
    code: 'PROVIDER_KEY_MISSING',
  },
])(
  'a start without $what costs a run nothing: it waits, says for what, and goes on at once after a start with it',
  async ({ without, with: restored, waitsFor, code }) => {
    const runId = 'fiction:scene:not-configured';
    await fixture.configure(without.file(), without.keys);
    const worker = await fixture.addWorker();
    await fixture.begin({ runId });
    await until(
      'it has waited more often than it may fail, and waits for long',
      async () => {
        const { pauses, status } = await fixture.run(runId);
        if (pauses > MAX_FAILURES + 2) return status === 'queued';
        await fixture.skipWaits();
        return false;
      },
      WITHIN_MS,
    );
    const waits = (await fixture.events(runId)).filter((event) => event.status === 'Resumed');
    expect(waits.at(-1)!.message).toContain(`waits for ${waitsFor}`);
    expect(waits.at(-1)!.details).toMatchObject({ code });
    expect(waits.at(-1)!.details['retryInMs']).toBeGreaterThan(2 * AT_ONCE_MS);
    expect(fixture.models.count()).toBe(0);

    await worker.end();
    await fixture.configure(restored.file(), restored.keys);
    await fixture.addWorker();
    expect(await fixture.ended(runId, AT_ONCE_MS)).toMatchObject({ status: 'complete', failures: 0, calls: 1 });
  },
  3 * WITHIN_MS,
);
