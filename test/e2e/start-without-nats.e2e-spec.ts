import { createTestDatabase, until, type TestDatabase } from '@fiction/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CONDUCTOR = join(__dirname, '../../dist/apps/conductor/src/main.js');
/** A process that starts beside others on a busy machine. */
const WAITS_WITHIN_MS = 30_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('a service that waits for NATS says so, and ends by itself when it is told to', async () => {
  const { PATH, FICTION_TEST_REDIS_URL: REDIS_URL } = process.env;
  const env = { PATH, REDIS_URL, DATABASE_URL: database.url, NATS_URL: 'nats://127.0.0.1:9' };
  const child = spawn(process.execPath, [CONDUCTOR], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    let told = '';
    child.stdout.on('data', (text) => (told += String(text)));
    await until('it waits for NATS', async () => told.includes('NATS cannot be reached'), WAITS_WITHIN_MS);
    child.kill('SIGTERM');
    // The first process of a container never ends of a signal, only of itself: with a status.
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});
