import { Database, HealthRegistry, isUnavailable, tookTooLong } from '@fiction/platform';
import { behave, until } from '@fiction/testing';
import { proseTask } from '../testing/run.builder';
import { WorkerFixture } from '../testing/worker.fixture';

const RUNS = 4;

let fixture: WorkerFixture;
let answer: () => void;
beforeEach(async () => {
  fixture = await WorkerFixture.start({ concurrency: RUNS });
  const answered = new Promise<void>((resolve) => (answer = resolve));
  fixture.models.script(
    'scene.only',
    Array.from({ length: RUNS }, () => behave.latch(answered)),
  );
  fixture.script = async (run) => {
    await run.ask('only', proseTask('scene.only', { run: run.runId }));
    return { message: 'done' };
  };
  const ids = Array.from({ length: RUNS }, (_, n) => `fiction:scene:unwritable-${n}`);
  await fixture.begin(...ids.map((runId) => ({ runId })));
  await until('every run has asked', () => fixture.models.count() === RUNS);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await fixture.stop();
});

/** Counts the statements, of those whose text has this in it, that PostgreSQL could not do now. */
function refusals(ofText: string): () => number {
  const database = fixture.workers[0]!.get(Database);
  const query = database.query.bind(database);
  let refused = 0;
  jest.spyOn(database, 'query').mockImplementation(async (text, values) => {
    try {
      return await query(text, values);
    } catch (error) {
      if (text.includes(ofText) && (isUnavailable(error) || tookTooLong(error))) refused += 1;
      throw error;
    }
  });
  return () => refused;
}

const notReady = async (): Promise<string | undefined> =>
  (await fixture.workers[0]!.get(HealthRegistry).problems()).journal;

async function expectAllPaidOnce(): Promise<void> {
  await fixture.allEnded();
  expect(fixture.models.count()).toBe(RUNS);
  const runs = await fixture.query<object>('SELECT status, failures, calls FROM runs');
  expect(runs).toEqual(Array.from({ length: RUNS }, () => ({ status: 'complete', failures: 0, calls: 1 })));
}

it.each([
  ['there is no room on the disk', '53100'],
  ['the disk fails', '58030'],
  ['a table is locked for longer than a statement may take, as by VACUUM FULL', '57014'],
])('keeps what has been answered until it can be recorded when %s', async (_what, code) => {
  await fixture.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '${code}'; END $$`);
  await fixture.query('CREATE TRIGGER refuse BEFORE INSERT ON steps FOR EACH ROW EXECUTE FUNCTION refuse()');
  const refused = refusals('INTO steps');
  answer();
  // More often than a run that fails is tried again.
  await until('the answers were refused again and again', () => refused() >= 8);
  expect(await notReady()).toBe('PostgreSQL cannot write, and answers wait: could not extend file');
  await fixture.query('DROP TRIGGER refuse ON steps');
  await expectAllPaidOnce();
  expect(await notReady()).toBeUndefined();
});

it('keeps what has been answered while PostgreSQL only reads, and writes on connections made since', async () => {
  const [{ name }] = (await fixture.query<{ name: string }>('SELECT current_database() AS name')) as [{ name: string }];
  await fixture.query(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
  await fixture.terminateBackends();
  const refused = refusals('INTO steps');
  answer();
  await until('the answers were refused again and again', () => refused() >= 8);
  await fixture.query(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
  await expectAllPaidOnce();
});
