import { createTestDatabase, type TestDatabase } from '@fiction/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { loadConfig } from '../config/service.config';
import { isUnavailable } from './unavailable';
import { Database, type UnitOfWork } from './database';
import { dataSourceOptions, migrate } from './database.module';
import { textArray } from './text-array';

let testDatabase: TestDatabase;
let dataSource: DataSource;
let database: Database;
/** A connection of somebody else. */
let other: Client;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const config = loadConfig('planner', {
    DATABASE_URL: testDatabase.url,
    REDIS_URL: 'redis://127.0.0.1:1',
    NATS_URL: 'nats://127.0.0.1:1',
  });
  dataSource = await new DataSource(dataSourceOptions(config, { entities: [], migrations: [] })).initialize();
  await Promise.all([migrate(config, dataSource), migrate(config, dataSource)]);
  database = new Database(dataSource);
  await database.query('CREATE TABLE shelf (id int PRIMARY KEY, book text NOT NULL)');
  other = new Client({ connectionString: testDatabase.url, options: '-c search_path=planner' });
  other.on('error', () => undefined);
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await dataSource.destroy();
  await testDatabase.drop();
});
beforeEach(() => database.query('TRUNCATE shelf'));

const books = async (): Promise<string[]> =>
  (await database.query<{ book: string }>('SELECT book FROM shelf ORDER BY id')).map((row) => row.book);
const put = 'INSERT INTO shelf (id, book) VALUES ($1, $2)';

it('commits the work as one, and tells what follows the commit afterwards, in order', async () => {
  const told: string[] = [];
  const outcome = await database.transaction(async (uow) => {
    uow.onCommit(() => told.push('first'));
    await uow.query(put, [1, 'a']);
    uow.onCommit(() => told.push('second'));
    await uow.query(put, [2, 'b']);
    expect(told).toEqual([]);
    return 'outcome';
  });
  expect(outcome).toBe('outcome');
  expect(told).toEqual(['first', 'second']);
  expect(await books()).toEqual(['a', 'b']);
});

it('undoes the work that fails, and tells nobody', async () => {
  const told: string[] = [];
  const undone = database.transaction(async (uow) => {
    uow.onCommit(() => told.push('never'));
    await uow.query(put, [1, 'a']);
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  expect(told).toEqual([]);
  expect(await books()).toEqual([]);
});

it('survives that a connection breaks between two statements of a transaction, and tells it as a lost connection', async () => {
  const broken = database.transaction(async (uow) => {
    await uow.query(put, [1, 'a']);
    const [row] = await uow.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await other.query('SELECT pg_terminate_backend($1, 5000)', [row!.pid]);
    // The socket's end is heard before the next statement is sent.
    await new Promise((resolve) => setImmediate(resolve));
    await uow.query(put, [2, 'b']);
  });
  const error: unknown = await broken.catch((problem: unknown) => problem);
  expect(isUnavailable(error)).toBe(true);
  expect(await books()).toEqual([]);
});

it('runs a transaction that was in the way of another again, whole, and tells what follows it once', async () => {
  await database.query(`INSERT INTO shelf VALUES (1, 'a'), (2, 'b')`);
  const rename = 'UPDATE shelf SET book = book || $2 WHERE id = $1';
  let met = 0;
  let told = 0;
  let open!: () => void;
  const bothHaveOne = new Promise<void>((resolve) => (open = resolve));
  const crossing = (first: number, second: number, mark: string): Promise<void> =>
    database.transaction(async (uow) => {
      uow.onCommit(() => (told += 1));
      await uow.query(rename, [first, mark]);
      if ((met += 1) === 2) open();
      await bothHaveOne;
      await uow.query(rename, [second, mark]);
    });
  await Promise.all([crossing(1, 2, 'x'), crossing(2, 1, 'y')]);
  for (const book of await books()) expect(book).toMatch(/^[ab](xy|yx)$/);
  // One of the two was ended, or both were.
  expect(met).toBeGreaterThanOrEqual(3);
  expect(told).toBe(2);
});

it('does not try for ever what is always in the way of another', async () => {
  let tries = 0;
  const crossed = database.transaction(async () => {
    tries += 1;
    // That no conflict ends by itself is not to be had from PostgreSQL.
    throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
  });
  await expect(crossed).rejects.toThrow('deadlock detected');
  expect(tries).toBe(5);
});

it.each([
  [
    'does not ask again over a connection whose server only reads: another may lead to one that writes',
    'READ ONLY',
    false,
  ],
  ['keeps a connection on which only the work has failed', 'READ WRITE', true],
])('%s', async (_what, mode, kept) => {
  const pids: number[] = [];
  const note = async (uow: UnitOfWork): Promise<void> => {
    const [row] = await uow.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    pids.push(row!.pid);
  };
  const failed = database.transaction(async (uow) => {
    await uow.query(`SET TRANSACTION ${mode}`);
    await note(uow);
    await uow.query(put, [1, 'a']);
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow();
  // Whichever connections are at rest.
  const { pool } = database as unknown as { pool: { idleCount: number } };
  await Promise.all(Array.from({ length: pool.idleCount + 1 }, () => database.transaction(note)));
  expect(pids.slice(1).includes(pids[0]!)).toBe(kept);
});

it('lets no statement and no idle transaction take for ever', async () => {
  const [limits] = await database.query<Record<string, string>>(
    `SELECT current_setting('statement_timeout') AS statement,
       current_setting('idle_in_transaction_session_timeout') AS idle`,
  );
  expect(limits).toEqual({ statement: '1min', idle: '1min' });
});

it('takes texts in the binary form of an array, to the letter', async () => {
  const texts = ['', null, 'NULL', '{a,"b"}', "it's \\ \n", 'é 海 👋', 'x'.repeat(200_000)];
  for (const given of [texts, [], [null], ['one']]) {
    const rows = await database.query<{ text: string | null; second: string | null }>(
      'SELECT t.text, ($1::text[])[2] AS second FROM unnest($1::text[]) WITH ORDINALITY AS t (text, n) ORDER BY n',
      [textArray(given)],
    );
    expect(rows.map((row) => row.text)).toEqual(given);
    for (const row of rows) expect(row.second).toBe(given[1] ?? null);
  }
});
