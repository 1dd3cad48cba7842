import { ModelClient } from '@fiction/llm';
import { Database } from '@fiction/platform';
import { until } from '@fiction/testing';
import { proseTask } from '../testing/run.builder';
import type { TestWorker } from '../testing/test-worker';
import { WorkerFixture } from '../testing/worker.fixture';

const SLOTS = 2;
const RUNS = 6;

let fixture: WorkerFixture;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ concurrency: 16, slots: SLOTS });
  fixture.script = async (run) => {
    await run.ask('only', proseTask('scene.only', { run: run.runId }));
    return { message: 'done' };
  };
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fixture.stop();
});

/** Lets no answer of this worker be recorded until what this returns is called. */
function holdRecord(worker: TestWorker): () => void {
  let letGo!: () => void;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const database = worker.get(Database);
  const query = database.query.bind(database);
  jest.spyOn(database, 'query').mockImplementation(async (text, values) => {
    if (text.includes('INTO steps')) await gate;
    return query(text, values);
  });
  return letGo;
}

/** Begins runs at a worker that can record nothing, and waits until it asks nothing more. */
async function beginUnrecorded(worker: TestWorker): Promise<() => void> {
  const letGo = holdRecord(worker);
  await fixture.begin(...Array.from({ length: RUNS }, (_, n) => ({ runId: `fiction:scene:unrecorded-${n}` })));
  const answered = (): number => fixture.models.calls.filter((call) => call.answeredAt !== undefined).length;
  await until('every other run waits for a slot', () => {
    const [load] = worker.get(ModelClient).load();
    return answered() === SLOTS && load?.inFlight === SLOTS && load.queued === RUNS - SLOTS;
  });
  return letGo;
}

it('asks nothing more while as many answers wait to be recorded as the provider has slots', async () => {
  const letGo = await beginUnrecorded(fixture.workers[0]!);
  expect(fixture.models.count()).toBe(SLOTS);
  letGo();
  await fixture.allEnded();
  expect(fixture.models.count()).toBe(RUNS);
});

it('loses no more calls by a kill than the provider has slots, however many answers could not be recorded', async () => {
  const victim = fixture.workers[0]!;
  await beginUnrecorded(victim);
  await fixture.addWorker();
  await fixture.locksAreBelieved();
  await victim.die();
  await fixture.allEnded();
  expect(fixture.models.count()).toBe(RUNS + SLOTS);
});
