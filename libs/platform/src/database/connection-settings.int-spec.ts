import { createTestDatabase, type TestDatabase } from '@fiction/testing';
import { Client, type ClientConfig } from 'pg';
import { DataSource } from 'typeorm';
import { loadConfig } from '../config/service.config';
import { checkFitness, whyNotConnected } from './check-fitness';
import { connectionSettings } from './connection-settings';
import { dataSourceOptions, migrate } from './database.module';

let testDatabase: TestDatabase;
beforeAll(async () => (testDatabase = await createTestDatabase()));
afterAll(() => testDatabase.drop());

const configOf = (databaseUrl: string) =>
  loadConfig('planner', {
    DATABASE_URL: databaseUrl,
    REDIS_URL: 'redis://127.0.0.1:1',
    NATS_URL: 'nats://127.0.0.1:1',
  });

function withParameter(name: string, value: string): string {
  const url = new URL(testDatabase.url);
  url.searchParams.set(name, value);
  return url.toString();
}

async function visit<T>(config: ClientConfig, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config);
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

async function shown(config: ClientConfig, ...names: string[]): Promise<string[]> {
  return visit(config, async (client) => {
    const { rows } = await client.query('SELECT current_setting(n) AS value FROM unnest($1::text[]) AS n', [names]);
    return rows.map((row: { value: string }) => row.value);
  });
}

it('heeds the options of the URL, and keeps to the schema of the service all the same', async () => {
  const url = withParameter('options', '-c work_mem=8MB -c search_path=public');
  const settings = connectionSettings(configOf(url), { statement_timeout: 5_000 });
  expect(await shown(settings, 'work_mem', 'search_path', 'statement_timeout')).toEqual(['8MB', 'planner', '5s']);
  const options = dataSourceOptions(configOf(url), { entities: [], migrations: [] });
  const dataSource = await new DataSource(options).initialize();
  try {
    expect(await dataSource.query('SHOW search_path')).toEqual([{ search_path: 'planner' }]);
  } finally {
    await dataSource.destroy();
  }
});

it('leaves a URL without options as it is', () => {
  const url = 'postgres://me:s%40lt@%2Frun%2Fpostgresql:5432/fiction?sslmode=verify-full&sslrootcert=/a%20b.pem';
  expect(connectionSettings(configOf(url)).connectionString).toBe(url);
});

it('reads moments and numbers as they are, commits for good, and may be idle, whatever the database has set', async () => {
  const name = new URL(testDatabase.url).pathname.slice(1);
  await visit({ connectionString: testDatabase.url }, async (client) => {
    const told = [`DateStyle = 'German'`, 'extra_float_digits = 0'];
    const set = [...told, `idle_session_timeout = '5s'`, 'synchronous_commit = off'];
    for (const one of set) await client.query(`ALTER DATABASE ${name} SET ${one}`);
  });
  const settings = connectionSettings(configOf(testDatabase.url));
  expect(await shown(settings, 'idle_session_timeout', 'synchronous_commit')).toEqual(['0', 'on']);
  const [row] = await visit(
    settings,
    async (client) => (await client.query('SELECT now(), 0.1::float8 + 0.2 AS sum')).rows,
  );
  expect(row).toEqual({ now: expect.any(Date), sum: 0.1 + 0.2 });
});

describe('a database that is not fit', () => {
  it('is named as that before anything is made in it: another encoding', async () => {
    const name = `${new URL(testDatabase.url).pathname.slice(1)}_latin`;
    const make = `CREATE DATABASE ${name} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`;
    await visit({ connectionString: testDatabase.url }, (client) => client.query(make));
    const url = new URL(testDatabase.url);
    url.pathname = `/${name}`;
    const config = configOf(url.toString());
    const dataSource = await new DataSource(dataSourceOptions(config, { entities: [], migrations: [] })).initialize();
    try {
      const refused = { code: 'DATABASE_UNFIT', message: expect.stringMatching(/LATIN1.*ENCODING 'UTF8'/) };
      await expect(migrate(config, dataSource)).rejects.toMatchObject(refused);
      expect(await dataSource.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'planner'`)).toEqual([]);
    } finally {
      await dataSource.destroy();
      await visit({ connectionString: testDatabase.url }, (client) => client.query(`DROP DATABASE ${name}`));
    }
  });

  it('is named as that: a pooler that forgets the settings', async () => {
    const forgotten = visit({ connectionString: testDatabase.url }, (client) => checkFitness(client, 'planner'));
    await expect(forgotten).rejects.toMatchObject({
      code: 'DATABASE_UNFIT',
      message: expect.stringMatching(/PgBouncer/),
    });
    await visit(connectionSettings(configOf(testDatabase.url)), (client) => checkFitness(client, 'planner'));
  });

  it('is named as that: a pooler that takes no settings', () => {
    const error = whyNotConnected(new Error('unsupported startup parameter: options'));
    expect(error).toMatchObject({ code: 'DATABASE_UNFIT', message: expect.stringMatching(/PgBouncer/) });
    const other = new Error('password authentication failed');
    expect(whyNotConnected(other)).toBe(other);
  });
});
