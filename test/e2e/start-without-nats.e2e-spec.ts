import { createTestDatabase, until, type TestDatabase } from '@fiction/testing';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CONDUCTOR = join(__dirname, '../../dist/apps/conductor/src/main.js');
/** A process that starts beside others on a busy machine. */
const WAITS_WITHIN_MS = 30_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('a service that NATS is away from says so while it starts, also one that answers questions', async () => {
  const { PATH, FICTION_TEST_REDIS_URL: REDIS_URL } = process.env;
  const env = { PATH, REDIS_URL, DATABASE_URL: database.url, NATS_URL: 'nats://127.0.0.1:9' };
  const child = spawn(process.execPath, [CONDUCTOR], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let told = '';
    child.stdout.on('data', (text) => (told += String(text)));
    await until('it waits for NATS', async () => told.includes('NATS is out of reach'), WAITS_WITHIN_MS);
  } finally {
    child.kill('SIGKILL');
  }
});
