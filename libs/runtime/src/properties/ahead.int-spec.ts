import { behave, until } from '@fiction/testing';
import type { RunContext } from '../runs/run.types';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

let fixture: WorkerFixture;
beforeAll(async () => {
  fixture = await WorkerFixture.start();
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.models.reset());
/** Ends what a test has held, whatever has become of it. */
let letGo = async (): Promise<void> => undefined;
afterEach(async () => {
  await letGo();
  await fixture.query('ALTER TABLE steps DROP CONSTRAINT IF EXISTS refused');
});

const ahead = { ahead: true };
const ask = (run: RunContext, name: string, options = {}) =>
  run.ask(name, proseTask(`scene.${name}`, { run: run.runId }), options);

/** Lets a run be answered to its first call while nothing of it can be recorded, until `letGo`. */
async function answeredWhileHeld(runId: string): Promise<void> {
  let answer!: () => void;
  fixture.models.script('scene.first', [behave.latch(new Promise<void>((open) => (answer = open)))]);
  await fixture.begin({ runId });
  await fixture.models.waitForCall((call) => call.task === 'scene.first');
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let locked!: () => void;
  const isLocked = new Promise<void>((resolve) => (locked = resolve));
  const holding = fixture.workers[0]!.transaction(async (uow) => {
    await uow.query('SELECT 1 FROM runs WHERE id = $1 FOR UPDATE', [runId]);
    locked();
    await gate;
  });
  letGo = async () => {
    open();
    await holding;
  };
  await isLocked;
  answer();
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await until('the record waits', async () => (await fixture.query(waiting)).length > 0);
}

const refuse = (step: string) =>
  fixture.query(`ALTER TABLE steps ADD CONSTRAINT refused CHECK (name <> '${step}') NOT VALID`);
const hasFailedOnce = (runId: string) =>
  until('an attempt has failed', async () => (await fixture.run(runId)).failures > 0);
const named = async (runId: string) => (await fixture.steps(runId)).map(({ name, attempt }) => `${name} of ${attempt}`);

it('makes the next call while the answer before it is on its way to the record', async () => {
  const runId = 'fiction:scene:ahead';
  fixture.script = async (run) => {
    await ask(run, 'first', ahead);
    await ask(run, 'second');
    return { message: 'done' };
  };
  await answeredWhileHeld(runId);
  await fixture.models.waitForCall((call) => call.task === 'scene.second' && call.answeredAt !== undefined);
  expect(await fixture.steps(runId)).toEqual([]);
  await letGo();
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete', attempt: 1, calls: 2 });
  expect(await named(runId)).toEqual(['first~1 of 1', 'second~1 of 1']);
});

it('begins no action before the answers it builds on are on record', async () => {
  const runId = 'fiction:scene:acts';
  let acted = false;
  fixture.script = async (run) => {
    await ask(run, 'first', ahead);
    await run.step('act', async () => (acted = true));
    return { message: 'done' };
  };
  await answeredWhileHeld(runId);
  expect(acted).toBe(false);
  await letGo();
  expect(await fixture.ended(runId)).toMatchObject({ status: 'complete' });
  expect(acted).toBe(true);
});

it('records nothing that builds on an answer which could not be recorded', async () => {
  const runId = 'fiction:scene:refused';
  fixture.script = async (run) => {
    await ask(run, 'first', ahead);
    await ask(run, 'second', ahead);
    return { message: 'done' };
  };
  await refuse('first~1');
  await answeredWhileHeld(runId);
  // Its record waits behind the first one's: it was handed in before anybody knew.
  await fixture.models.waitForCall((call) => call.task === 'scene.second' && call.answeredAt !== undefined);
  await letGo();
  await hasFailedOnce(runId);
  expect(await named(runId)).toEqual([]);

  await fixture.query('ALTER TABLE steps DROP CONSTRAINT refused');
  const { status, attempt } = await fixture.endedInHaste(runId);
  expect(status).toBe('complete');
  expect(await named(runId)).toEqual([`first~1 of ${attempt}`, `second~1 of ${attempt}`]);
});

it('does not complete a run without the answer it ends with', async () => {
  const runId = 'fiction:scene:ends';
  fixture.script = async (run) => {
    await ask(run, 'only', ahead);
    return { message: 'done' };
  };
  await refuse('only~1');
  await fixture.begin({ runId });
  await hasFailedOnce(runId);
  await fixture.query('ALTER TABLE steps DROP CONSTRAINT refused');
  const { status, attempt } = await fixture.endedInHaste(runId);
  expect(status).toBe('complete');
  expect(await named(runId)).toEqual([`only~1 of ${attempt}`]);
  expect(fixture.models.count('scene.only')).toBe(attempt);
});

it('records the answer a run ends with in the commit that ends it', async () => {
  const runId = 'fiction:scene:together';
  fixture.script = async (run) => {
    await ask(run, 'only', ahead);
    return { message: 'done' };
  };
  await fixture.begin({ runId });
  await fixture.ended(runId);
  const commits = await fixture.query(
    'SELECT s.xmin = r.xmin AS together FROM steps s JOIN runs r ON r.id = s.run_id WHERE r.id = $1',
    [runId],
  );
  expect(commits).toEqual([{ together: true }]);
});
