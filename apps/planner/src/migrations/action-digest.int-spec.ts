import { createTestDatabase, type TestDatabase } from '@fiction/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ActionDigest1795400550000 } from './1795400550000-action-digest.migration';

/** As it was before its number was given to another. */
class ActionDigest1795400500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE actions ADD COLUMN digest text');
  }
  async down(): Promise<void> {}
}

let testDatabase: TestDatabase;
beforeAll(async () => (testDatabase = await createTestDatabase()));
afterAll(() => testDatabase.drop());

async function upTo(migration: new () => MigrationInterface, ask: string): Promise<unknown> {
  const options = { type: 'postgres' as const, url: testDatabase.url, migrations: [migration] };
  const dataSource = await new DataSource(options).initialize();
  try {
    await dataSource.query('CREATE TABLE IF NOT EXISTS actions (id int PRIMARY KEY)');
    await dataSource.runMigrations();
    return await dataSource.query(ask);
  } finally {
    await dataSource.destroy();
  }
}

it('takes over the digests of a database that had them under the earlier number', async () => {
  await upTo(ActionDigest1795400500000, `INSERT INTO actions VALUES (1, 'kept')`);
  expect(await upTo(ActionDigest1795400550000, 'SELECT * FROM actions')).toEqual([{ id: 1, digest: 'kept' }]);
});
