import { isRunning, processIdentity } from '@fiction/stack';
import { until } from '@fiction/testing';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
/** Stands in for npm: says who it is, and takes its time. */
const NPM = `require('node:fs').writeFileSync('npm.pid', String(process.pid)); setInterval(() => {}, 1_000);`;

let dir: string;
let start: ChildProcess;
let said: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiction-start-'));
  await cp(join(ROOT, 'scripts'), join(dir, 'scripts'), { recursive: true, filter: (path) => !/\.ts$/.test(path) });
  await cp(join(ROOT, 'examples'), join(dir, 'examples'), { recursive: true });
  await writeFile(join(dir, 'package-lock.json'), '{"packages":{}}');
  await writeFile(join(dir, 'npm.cjs'), NPM);
});

afterEach(async () => {
  start.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** Starts in a checkout where nothing is installed. */
function begin(): Promise<unknown[]> {
  const env = { PATH: process.env.PATH, npm_execpath: join(dir, 'npm.cjs') };
  start = spawn(process.execPath, [join(dir, 'scripts', 'start.mjs')], { cwd: dir, env });
  said = '';
  for (const stream of [start.stdout!, start.stderr!]) stream.on('data', (text) => (said += text));
  return once(start, 'close');
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends the installation with itself at %s', async (signal) => {
  const ended = begin();
  await until('npm runs', () => existsSync(join(dir, 'npm.pid')));
  start.kill(signal);
  expect(await ended).toEqual([130, null]);
  const npm = Number(await readFile(join(dir, 'npm.pid'), 'utf8'));
  await until('npm has ended', () => !isRunning(npm));
});

it('neither installs nor builds while another start is using the data folder', async () => {
  // It asks the build of the other start who that is; making it again costs nothing.
  expect(spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')]).status).toBe(0);
  await symlink(join(ROOT, 'dist'), join(dir, 'dist'));
  await mkdir(join(dir, '.data'));
  await writeFile(join(dir, '.data', 'lock'), `${process.pid} ${processIdentity(process.pid)}\n`);
  expect(await begin()).toEqual([1, null]);
  expect(said).toMatch(/^\nFiction Weaver is already running on .*\.data \(pid \d+\)\. Stop it first.*\n$/);
});

it('is not kept from installing by a lock whose owner is gone', async () => {
  await symlink(join(ROOT, 'dist'), join(dir, 'dist'));
  await mkdir(join(dir, '.data'));
  await writeFile(join(dir, '.data', 'lock'), `${process.pid} another-boot:1\n`);
  const ended = begin();
  await until('npm runs', () => existsSync(join(dir, 'npm.pid')));
  start.kill('SIGTERM');
  await ended;
});
