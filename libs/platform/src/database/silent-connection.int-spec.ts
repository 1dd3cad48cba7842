import { createTestDatabase, SilentProxy, type TestDatabase } from '@fiction/testing';
import { DataSource } from 'typeorm';
import { loadConfig } from '../config/service.config';
import { Database } from './database';
import { dataSourceOptions } from './database.module';
import { isUnavailable } from './unavailable';

class Impatient extends Database {
  protected override readonly answerWithinMs = 300;
}

let testDatabase: TestDatabase;
let proxy: SilentProxy;
let dataSource: DataSource;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  proxy = await SilentProxy.before(testDatabase.url);
  const elsewhere = 'redis://127.0.0.1:1';
  const surroundings = { DATABASE_URL: proxy.url, REDIS_URL: elsewhere, NATS_URL: 'nats://127.0.0.1:1' };
  const options = dataSourceOptions(loadConfig('planner', surroundings), { entities: [], migrations: [] });
  dataSource = await new DataSource(options).initialize();
  database = new Impatient(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await proxy.stop();
  await testDatabase.drop();
});

const unanswered = async (work: Promise<unknown>): Promise<void> => {
  const error: unknown = await work.catch((problem: unknown) => problem);
  expect(String(error)).toContain('Query read timeout');
  expect(isUnavailable(error)).toBe(true);
};
const works = async (): Promise<void> => expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);

it('lets go of a connection that has died without a word, and goes on over another', async () => {
  await works();
  proxy.fallSilent();
  await unanswered(database.query('SELECT 1 AS one'));
  await works();
});

it('does the same within a transaction, and does not wait for its end', async () => {
  const lost = database.transaction(async (uow) => {
    await uow.query('SELECT 1');
    proxy.fallSilent();
    await uow.query('SELECT 2');
  });
  await unanswered(lost);
  await works();
});
