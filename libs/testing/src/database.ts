import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { visitPostgres } from '@fiction/stack';

const IN_USE = '55006';
const LEFT_TRIES = 10;
const LEFT_PAUSE_MS = 50;

/** A database of one test file. */
export interface TestDatabase {
  url: string;
  /** Removes it, ending whatever is still connected. */
  drop(): Promise<void>;
}

/**
 * Creates an empty database on the server the tests share.
 * @param serverUrl a database of that server, whose user may create others
 */
export async function createTestDatabase(serverUrl = given('FICTION_TEST_DATABASE_URL')): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => dropWhenLeft(serverUrl, name) };
}

/** Connections that are just being closed may close in peace; what is left after a while is ended. */
async function dropWhenLeft(serverUrl: string, name: string): Promise<void> {
  for (let tried = 0; tried < LEFT_TRIES; tried += 1) {
    try {
      return await run(serverUrl, `DROP DATABASE IF EXISTS ${name}`);
    } catch (error) {
      if ((error as { code?: string }).code !== IN_USE) throw error;
      await pause(LEFT_PAUSE_MS);
    }
  }
  await run(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function run(url: string, sql: string): Promise<void> {
  await visitPostgres({ connectionString: url }, async (client) => void (await client.query(sql)));
}

function given(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set; run this test with the servers it needs`);
  return value;
}
