import { freePort, isPortFree, isRunning } from '@fiction/stack';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './launch';
import { Screen } from './screen';
import type { ServiceCommands } from './services';

const FAKE_SERVICE = join(__dirname, 'fixtures', 'fake-service.js');
const GIVEN = {
  DATABASE_URL: process.env.FICTION_TEST_DATABASE_URL,
  REDIS_URL: process.env.FICTION_TEST_REDIS_URL,
  NATS_URL: process.env.FICTION_TEST_NATS_URL,
};
let dir: string;
let seen: string;

const fakeServices: ServiceCommands = async ({ dataDir }, { port, token }) => {
  const command = [process.execPath, FAKE_SERVICE] as const;
  const env = { FICTION_DATA_DIR: dataDir };
  const gateway = { ...env, PORT: String(port), FAKE_GATEWAY: 'yes', FICTION_BOOTSTRAP_TOKEN: token };
  const plannerPort = await freePort();
  return [
    { name: 'gateway', port, command, env: gateway },
    { name: 'planner', port: plannerPort, command, env: { ...env, PORT: String(plannerPort) } },
  ];
};

interface Start {
  brief?: string;
  sample?: boolean;
  exit?: boolean;
  fresh?: boolean;
  port?: number;
  env?: Record<string, string | undefined>;
  stopped?: AbortSignal;
}

async function start({ brief = 'title: A Book', sample, env = GIVEN, ...rest }: Start = {}): Promise<number> {
  seen = '';
  return launch({
    exit: true,
    fresh: false,
    port: await freePort(),
    stopped: new AbortController().signal,
    ...rest,
    root: dir,
    dataDir: join(dir, '.data'),
    out: join(dir, 'out'),
    brief: { path: 'brief.md', content: Buffer.from(brief) },
    briefGiven: !sample,
    env: { PATH: process.env.PATH, ...env },
    screen: new Screen({ write: (text: string) => (seen += text) }),
    services: fakeServices,
  });
}

/** Starts something endless, waits until the screen shows `text`, and hands out how to stop it. */
async function startUntil(text: string, options: Start): Promise<() => Promise<number | Error>> {
  const stopping = new AbortController();
  const ended = start({ exit: false, ...options, stopped: stopping.signal }).catch((error: Error) => error);
  const early = ended.then((outcome) => ({ outcome }));
  while (!seen.includes(text)) {
    const outcome = await Promise.race([early, new Promise((resolve) => setTimeout(resolve, 20))]);
    if (outcome) throw new Error(`ended too early: ${JSON.stringify(outcome)}\n${seen}`);
  }
  return () => {
    stopping.abort(new Error('Ctrl-C'));
    return ended;
  };
}

beforeEach(async () => {
  seen = '';
  dir = await mkdtemp(join(tmpdir(), 'fiction-launch-'));
  // PostgreSQL's own user must be able to get in, or it would keep its data elsewhere.
  await chmod(dir, 0o711);
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('writes the book, shows each phase, and puts both manuscripts where they were asked for', async () => {
  expect(await start()).toBe(0);

  expect(seen).toMatch(/postgres .*given/);
  expect(seen).toMatch(/planner +:\d+/);
  expect(seen).toMatch(/vision +1\/1[^\n]*\n.*scene +4\/4 .*done .*4 calls .*60 tokens .*\$0\.00/s);
  expect(seen).toContain('A Book is complete: 400 words, 4 model calls');
  expect(seen).toMatch(/token +fw_[\w-]{43}/);
  expect(await readdir(join(dir, 'out'))).toEqual(['a-book.json', 'a-book.md']);
  const manuscript = await readFile(join(dir, 'out', 'a-book.json'), 'utf8');
  expect(JSON.parse(manuscript)).toEqual({ manuscriptOf: 'plan-1', format: 'json' });
});

it('leaves no lock, keeps the token to its owner, and keeps a different manuscript of the same name', async () => {
  await start();
  const names = (await readdir(join(dir, '.data'))).sort();
  expect(names).toEqual(['.fiction-weaver', 'fake-plans.json', 'last-plan.json', 'logs', 'token']);
  expect((await stat(join(dir, '.data', 'token'))).mode & 0o777).toBe(0o600);

  await start();
  expect(await readFile(join(dir, 'out', 'a-book.md.bak'), 'utf8')).toContain('plan-1');
  expect(await readFile(join(dir, 'out', 'a-book.md'), 'utf8')).toContain('plan-2');
});

it('ends with 1 and the reason when the book failed or is paused', async () => {
  expect(await start({ brief: 'title: Lost\nFAILED' })).toBe(1);
  expect(seen).toContain('Lost is failed: the model gave up');
  expect(await start({ brief: 'title: Dear\nPAUSED' })).toBe(1);
  expect(seen).toContain('Dear is paused: the budget is spent');
});

it('names every wrong field of a refused brief, and stops', async () => {
  const failing = start({ brief: 'title: Bad\nREFUSED', exit: false });
  await expect(failing).rejects.toMatchObject({
    code: 'BRIEF_REFUSED',
    message: expect.stringMatching(/BRIEF_INVALID\)\n {2}chapters {2}must be from 1 to 200\n {2}title {5}is required/),
  });
  expect(existsSync(join(dir, '.data', 'lock'))).toBe(false);
});

it('carries on the unfinished plan of the same brief, and of any brief when none is asked for', async () => {
  const first = await startUntil('writing Long (plan plan-1)', { brief: 'title: Long\nENDLESS' });
  await first();
  const again = await startUntil('carrying on Long (plan plan-1)', { brief: 'title: Long\nENDLESS' });
  await again();
  const sample = await startUntil('carrying on Long (plan plan-1)', { brief: 'title: Sample', sample: true });
  await sample();

  expect(await start({ brief: 'title: Other' })).toBe(0);
  expect(seen).toContain('writing Other (plan plan-2)');
  const back = await startUntil('carrying on Long (plan plan-1)', { brief: 'title: Long\nENDLESS' });
  await back();
});

it('forgets everything when it is to start afresh', async () => {
  const first = await startUntil('writing Long', { brief: 'title: Long\nENDLESS' });
  await first();
  const token = await readFile(join(dir, '.data', 'token'), 'utf8');
  expect(await start({ fresh: true, sample: true, brief: 'title: Sample' })).toBe(0);
  expect(seen).toContain('writing Sample (plan plan-1)');
  expect(await readFile(join(dir, '.data', 'token'), 'utf8')).not.toBe(token);
});

it('refuses a second start on the same data, and a gateway port that is taken', async () => {
  const port = await freePort();
  const stop = await startUntil('writing', { brief: 'title: Long\nENDLESS', port });
  await expect(start()).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED', ownerPid: process.pid });

  const other = { ...GIVEN, FICTION_DATA_DIR: undefined };
  const elsewhere = launch({
    ...{ root: dir, dataDir: join(dir, 'other'), out: dir, exit: true, fresh: false, briefGiven: true, port },
    brief: { path: '', content: Buffer.from('') },
    env: other,
    screen: new Screen({ write: () => undefined }),
    stopped: new AbortController().signal,
    services: fakeServices,
  });
  await expect(elsewhere).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  await stop();
});

it('says which variable names a server that does not answer', async () => {
  const nowhere = `127.0.0.1:${await freePort()}`;
  const variables = {
    DATABASE_URL: `postgres://me:secret@${nowhere}/fiction`,
    REDIS_URL: `redis://${nowhere}`,
    NATS_URL: `nats://${nowhere}`,
  };
  for (const [name, url] of Object.entries(variables)) {
    const error: Error = await start({ env: { ...GIVEN, [name]: url } }).then(
      () => Promise.reject(new Error('it started')),
      (reason: Error) => reason,
    );
    expect(error.message).toContain(`${name} names`);
    expect(error.message).not.toContain('secret');
  }
});

it('runs servers of its own where none are named, and Ctrl-C leaves none of its processes', async () => {
  const port = await freePort();
  const stop = await startUntil('writing Long', { brief: 'title: Long\nENDLESS', env: {}, port });
  const record = await readFile(join(dir, '.data', 'pids.json'), 'utf8');
  const processes = JSON.parse(record) as { name: string; pid: number }[];
  expect(processes.map(({ name }) => name).sort()).toEqual(['gateway', 'nats', 'planner', 'postgres', 'redis']);
  expect(processes.every(({ pid }) => isRunning(pid))).toBe(true);

  expect(await stop()).toMatchObject({ message: 'Ctrl-C' });

  expect(processes.filter(({ pid }) => isRunning(pid))).toEqual([]);
  expect(await isPortFree(port)).toBe(true);
  expect(existsSync(join(dir, '.data', 'pids.json'))).toBe(false);
  expect(existsSync(join(dir, '.data', 'lock'))).toBe(false);
});

it('serves on after the book is complete, until it is told to stop', async () => {
  const stop = await startUntil('Serving', { brief: 'title: Short' });
  expect(seen).toContain('Short is complete');
  expect(await stop()).toMatchObject({ message: 'Ctrl-C' });
});

it('says what is wrong with a providers file’s service', async () => {
  await writeFile(join(dir, 'broken.js'), 'console.error("providers.yaml: unknown kind"); process.exit(1);');
  const port = await freePort();
  const failing = launch({
    ...{ root: dir, dataDir: join(dir, '.data'), out: dir, exit: true, fresh: false, briefGiven: true, port },
    brief: { path: '', content: Buffer.from('') },
    env: GIVEN,
    screen: new Screen({ write: () => undefined }),
    stopped: new AbortController().signal,
    services: async () => [{ name: 'gateway', port, command: [process.execPath, join(dir, 'broken.js')], env: {} }],
  });
  await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('providers.yaml: unknown kind') });
});
