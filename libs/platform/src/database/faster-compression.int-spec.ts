import { createTestDatabase, type TestDatabase } from '@fiction/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { loadConfig } from '../config/service.config';
import { FasterCompression1795400200000 } from './1795400200000-faster-compression.migration';
import { dataSourceOptions, migrate } from './database.module';

class Shelf1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shelf (id int PRIMARY KEY, gone text, book text NOT NULL, facts jsonb, raw json, tags text[], size numeric);
      CREATE TABLE "Odd name" ("odd column" text);
      ALTER TABLE shelf DROP COLUMN gone`);
  }
  async down(): Promise<void> {}
}

let testDatabase: TestDatabase;
let dataSource: DataSource;
const config = () =>
  loadConfig('planner', {
    DATABASE_URL: testDatabase.url,
    REDIS_URL: 'redis://127.0.0.1:1',
    NATS_URL: 'nats://127.0.0.1:1',
  });
const upTo = async (...migrations: (new () => MigrationInterface)[]): Promise<void> => {
  await dataSource?.destroy();
  dataSource = await new DataSource(dataSourceOptions(config(), { entities: [], migrations })).initialize();
  await migrate(config(), dataSource);
};
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(async () => {
  await dataSource.destroy();
  await testDatabase.drop();
});

it('compresses what is stored from then on with lz4, and touches nothing that is stored already', async () => {
  const put = `INSERT INTO shelf (id, book, facts) SELECT $1, b, to_jsonb(b) FROM repeat('The tide was out. ', 900) AS b`;
  const stored = () =>
    dataSource.query<{ id: number; book: string; facts: string; place: string; length: number }[]>(
      `SELECT id, pg_column_compression(book) AS book, pg_column_compression(facts) AS facts, ctid::text AS place,
         length(book) AS length FROM shelf ORDER BY id`,
    );
  const file = () => dataSource.query(`SELECT pg_relation_filenode('shelf') AS file, 1 AS one`);
  await upTo(Shelf1700000000000);
  await dataSource.query(put, [1]);
  const [before, fileBefore] = [await stored(), await file()];
  expect(before).toMatchObject([{ id: 1, book: 'pglz', facts: 'pglz' }]);

  await upTo(Shelf1700000000000, FasterCompression1795400200000);
  expect(await file()).toEqual(fileBefore);
  await dataSource.query(put, [2]);
  expect(await stored()).toEqual([...before, { ...before[0], id: 2, book: 'lz4', facts: 'lz4', place: '(0,2)' }]);
  const kinds = await dataSource.query(
    `SELECT a.attname AS name, a.attcompression::text AS kind FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relname IN ('shelf', 'Odd name') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1`,
  );
  expect(Object.fromEntries(kinds.map(({ name, kind }: { name: string; kind: string }) => [name, kind]))).toEqual({
    book: 'l',
    facts: 'l',
    id: '',
    'odd column': 'l',
    raw: 'l',
    size: '',
    tags: 'l',
  });
});
