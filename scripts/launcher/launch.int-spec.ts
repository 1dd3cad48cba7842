import { freePort, isPortFree, isRunning } from '@fiction/stack';
import { until } from '@fiction/testing';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { briefOf, fakeServices, GIVEN, LaunchUnderTest } from './fixtures/launch-under-test';
import { launch } from './launch';
import { Screen } from './screen/screen';

let launcher: LaunchUnderTest;
beforeEach(async () => {
  launcher = await LaunchUnderTest.create();
});
afterEach(() => launcher.remove());

it('leaves no lock, and keeps the token to its owner', async () => {
  await launcher.start();
  const names = (await readdir(join(launcher.dir, '.data'))).sort();
  expect(names).toEqual(['.fiction-weaver', 'last-plan.json', 'logs', 'token']);
  expect((await stat(join(launcher.dir, '.data', 'token'))).mode & 0o777).toBe(0o600);
});

it('refuses a bad brief, providers file or setting before anything is forgotten or started', async () => {
  await launcher.start();
  const before = await readdir(join(launcher.dir, '.data'));
  const bad = { brief: 'title: [', fresh: true };
  await expect(launcher.start(bad)).rejects.toMatchObject({ code: 'BRIEF_REFUSED' });
  const file = join(launcher.dir, 'providers.yaml');
  const withFile = { fresh: true, env: { ...GIVEN, FICTION_PROVIDERS: file } };
  for (const text of ['', 'providers: [', 'providers: { a: { kind: x }, b: { kind: rehearsal }, C: 1, d: 2 }']) {
    await writeFile(file, text);
    const problem: Error = await launcher.start(withFile).then(
      () => new Error('started'),
      (reason: Error) => reason,
    );
    expect(problem).toMatchObject({ name: 'LaunchError', code: 'PROVIDERS_FILE_INVALID' });
    expect(problem.message).toMatch(/^The providers file .* cannot be used:\n/);
    if (text.includes('kind'))
      for (const name of ['a', 'b', 'C', 'd']) expect(problem.message).toContain(`providers.${name}`);
  }
  for (const [name, value] of Object.entries({ LOG_LEVEL: 'loud', FICTION_BOOTSTRAP_TOKEN: 'too short' })) {
    const refused = launcher.start({ fresh: true, env: { ...GIVEN, [name]: value } });
    await expect(refused).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(name) });
  }
  const nowhere = launcher.start({ fresh: true, env: { ...GIVEN, TMPDIR: join(launcher.dir, 'none') } });
  await expect(nowhere).rejects.toMatchObject({ code: 'TEMPORARY_FOLDER_UNUSABLE' });
  expect(launcher.seen).toBe('');
  expect(await readdir(join(launcher.dir, '.data'))).toEqual(before);
});

it('names every wrong field of a refused brief, and stops', async () => {
  const failing = launcher.start({ brief: 'title: Bad\nREFUSED', exit: false });
  await expect(failing).rejects.toMatchObject({
    code: 'BRIEF_REFUSED',
    message: expect.stringMatching(/BRIEF_INVALID\)\n {2}chapters {2}must be from 1 to 200\n {2}title {5}is required/),
  });
  expect(existsSync(join(launcher.dir, '.data', 'lock'))).toBe(false);
});

it('takes the token it is given, and keeps none of its own', async () => {
  const given = 'a-token-of-my-own';
  expect(await launcher.start({ env: { ...GIVEN, FICTION_BOOTSTRAP_TOKEN: given } })).toBe(0);
  expect(launcher.seen).toContain(given);
  expect(existsSync(join(launcher.dir, '.data', 'token'))).toBe(false);
});

it('says what to do when its token is not good any more', async () => {
  await launcher.start();
  await writeFile(join(launcher.dir, '.data', 'revoked'), '');
  await expect(launcher.start()).rejects.toMatchObject({
    code: 'TOKEN_REFUSED',
    message: expect.stringMatching(/revoked\. Delete .*\.data\/token and start again/),
  });
  await expect(launcher.start({ again: true })).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
});

it('refuses a port that no browser calls', async () => {
  const barred = 4190;
  await expect(launcher.start({ port: barred })).rejects.toMatchObject({ code: 'PORT_BARRED' });
  expect(existsSync(join(launcher.dir, '.data'))).toBe(false);
});

it('leaves manuscripts that are in its data folder when it is to start afresh', async () => {
  const out = join(launcher.dir, '.data', 'books');
  // As `--out` is: it is made before anything else.
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'Earlier.md'), 'long');
  expect(await launcher.start({ brief: 'title: Sample', out })).toBe(0);
  expect(await launcher.start({ brief: 'title: Other', out, fresh: true })).toBe(0);
  expect(launcher.seen).toContain('manuscripts and the database that you named are kept');
  expect((await readdir(out)).filter((name) => name.endsWith('.md')).sort()).toEqual([
    'Earlier.md',
    'other.md',
    'sample.md',
  ]);
});

it('forgets everything when it is to start afresh', async () => {
  const first = await launcher.startUntil('writing Long', { brief: 'title: Long\nENDLESS' });
  await first();
  const token = await readFile(join(launcher.dir, '.data', 'token'), 'utf8');
  expect(await launcher.start({ fresh: true, brief: 'title: Sample' })).toBe(0);
  expect(launcher.seen).toContain(`deleted what earlier runs had kept in ${join(launcher.dir, '.data')}; `);
  expect(launcher.seen).toContain('writing Sample (plan plan-1)');
  expect(await readFile(join(launcher.dir, '.data', 'token'), 'utf8')).not.toBe(token);
});

it('refuses a second start on the same data, and a gateway port that is taken', async () => {
  const port = await freePort();
  const stop = await launcher.startUntil('writing', { brief: 'title: Long\nENDLESS', port });
  await expect(launcher.start()).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED', ownerPid: process.pid });

  const other = { ...GIVEN, FICTION_DATA_DIR: undefined };
  const elsewhere = launch({
    ...{
      root: launcher.dir,
      dataDir: join(launcher.dir, 'other'),
      out: launcher.dir,
      exit: true,
      fresh: false,
      again: false,
      port,
    },
    brief: { path: '', content: briefOf('title: T') },
    env: other,
    screen: new Screen({ write: () => undefined }),
    stopped: new AbortController().signal,
    services: fakeServices,
  });
  await expect(elsewhere).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  expect(existsSync(join(launcher.dir, 'other'))).toBe(false);
  await stop();
});

it.each(['the data folder', 'its token'])('says what to do when %s belongs to another user', async (what) => {
  const data = join(launcher.dir, '.data');
  const token = join(data, 'token');
  await launcher.start();
  await chmod(data, what === 'the data folder' ? 0o555 : 0o777);
  await chmod(token, 0o400);
  if (what === 'its token') await writeFile(token, '');
  // Root may do anything.
  const isRoot = process.geteuid!() === 0;
  if (isRoot) process.seteuid!('nobody');
  try {
    await expect(launcher.start()).rejects.toMatchObject({
      code: 'FOREIGN_DATA',
      message: expect.stringMatching(/\.data\/(lock|token).*EACCES.*FICTION_DATA_DIR/),
    });
  } finally {
    if (isRoot) process.seteuid!(0);
    await chmod(data, 0o755);
  }
});

it('says which variable names a server that does not answer', async () => {
  const nowhere = `127.0.0.1:${await freePort()}`;
  const variables = {
    DATABASE_URL: `postgres://me:secret@${nowhere}/fiction`,
    REDIS_URL: `redis://${nowhere}`,
    NATS_URL: `nats://${nowhere}`,
  };
  for (const [name, url] of Object.entries(variables)) {
    const error: Error = await launcher.start({ env: { ...GIVEN, [name]: url } }).then(
      () => Promise.reject(new Error('it started')),
      (reason: Error) => reason,
    );
    expect(error.message).toContain(`${name} names`);
    expect(error.message).not.toContain('secret');
  }
});

it('runs servers of its own where none are named, and Ctrl-C leaves none of its processes', async () => {
  const port = await freePort();
  const stop = await launcher.startUntil('writing Long', { brief: 'title: Long\nENDLESS', env: {}, port });
  const record = await readFile(join(launcher.dir, '.data', 'pids.json'), 'utf8');
  const processes = JSON.parse(record) as { name: string; pid: number }[];
  expect(processes.map(({ name }) => name).sort()).toEqual(['gateway', 'nats', 'planner', 'postgres', 'redis']);
  expect(processes.every(({ pid }) => isRunning(pid))).toBe(true);

  expect(await stop()).toMatchObject({ message: 'Ctrl-C' });

  expect(processes.filter(({ pid }) => isRunning(pid))).toEqual([]);
  expect(await isPortFree(port)).toBe(true);
  expect(existsSync(join(launcher.dir, '.data', 'pids.json'))).toBe(false);
  expect(existsSync(join(launcher.dir, '.data', 'lock'))).toBe(false);
});

it.each(['redis', 'nats', 'postgres'])('says that %s was killed, and that it is there again', async (server) => {
  const stop = await launcher.startUntil('writing Long', { brief: 'title: Long\nENDLESS', env: {} });
  const record = await readFile(join(launcher.dir, '.data', 'pids.json'), 'utf8');
  const { pid } = (JSON.parse(record) as { name: string; pid: number }[]).find(({ name }) => name === server)!;
  process.kill(pid, 'SIGKILL');
  const again = new RegExp(`^  ${server} .*; starting it again\\n[^]*^  ✓ ${server} .* ms again$`, 'm');
  await until('it is there again', () => again.test(launcher.seen));
  await stop();
  expect(launcher.seen).toMatch(/stopped; start again to carry on\n$/);
});

it('says what is wrong with a providers file’s service', async () => {
  await writeFile(join(launcher.dir, 'broken.js'), 'console.error("providers.yaml: unknown kind"); process.exit(1);');
  const port = await freePort();
  const failing = launch({
    ...{
      root: launcher.dir,
      dataDir: join(launcher.dir, '.data'),
      out: launcher.dir,
      exit: true,
      fresh: false,
      again: false,
      port,
    },
    brief: { path: '', content: briefOf('title: T') },
    env: GIVEN,
    screen: new Screen({ write: () => undefined }),
    stopped: new AbortController().signal,
    services: async () => [
      { name: 'gateway', port, command: [process.execPath, join(launcher.dir, 'broken.js')], env: {} },
    ],
  });
  await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('providers.yaml: unknown kind') });
});
