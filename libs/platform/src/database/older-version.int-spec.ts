import { createTestDatabase, type TestDatabase } from '@fiction/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { loadConfig } from '../config/service.config';
import { dataSourceOptions, migrate } from './database.module';
import { UnfitDatabaseError } from './unfit-database.error';

class Shelf1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE shelf (id int PRIMARY KEY)');
  }
  async down(): Promise<void> {}
}

class Titles1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE shelf ADD title text NOT NULL DEFAULT ''`);
  }
  async down(): Promise<void> {}
}

class Titles1700000000009 extends Titles1700000000001 {
  override up(runner: QueryRunner): Promise<void> {
    return runner.query('ALTER TABLE shelf ALTER title DROP DEFAULT');
  }
}

class Spines1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE shelf ADD spine text');
  }
  async down(): Promise<void> {}
}

let testDatabase: TestDatabase;
beforeAll(async () => (testDatabase = await createTestDatabase()));
afterAll(() => testDatabase.drop());

/** What a version with these migrations finds at the end of its start. */
async function startWith(...migrations: (new () => MigrationInterface)[]): Promise<string[]> {
  const config = loadConfig('planner', {
    DATABASE_URL: testDatabase.url,
    REDIS_URL: 'redis://127.0.0.1:1',
    NATS_URL: 'nats://127.0.0.1:1',
  });
  const dataSource = await new DataSource(dataSourceOptions(config, { entities: [], migrations })).initialize();
  try {
    await migrate(config, dataSource);
    return await columns(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

const columns = async (dataSource: DataSource): Promise<string[]> =>
  (
    await dataSource.query<{ name: string }[]>(
      `SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = 'shelf' ORDER BY 1`,
    )
  ).map(({ name }) => name);

it('refuses tables that a newer version has brought up to date, names its migrations, and changes nothing', async () => {
  expect(await startWith(Shelf1700000000000)).toEqual(['id']);
  expect(await startWith(Shelf1700000000000, Titles1700000000001)).toEqual(['id', 'title']);

  const older: unknown = await startWith(Shelf1700000000000).catch((error: unknown) => error);
  expect(older).toBeInstanceOf(UnfitDatabaseError);
  expect((older as Error).message).toMatch(/^The tables of planner .*newer version.*\(Titles1700000000001\)/);
  // One that has gone another way is no newer either, and does not add what is its own.
  await expect(startWith(Shelf1700000000000, Spines1700000000002)).rejects.toThrow('Titles1700000000001');

  expect(await startWith(Shelf1700000000000, Titles1700000000001)).toEqual(['id', 'title']);
});

it('knows a migration that has another number now', async () => {
  expect(await startWith(Shelf1700000000000, Titles1700000000009)).toEqual(['id', 'title']);
});
