// What both `npm start` and `npm test` need first: dependencies and a build. Uses nothing but Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signalGroup } from './signal-group.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(root, 'node_modules');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const STAMP = join(MODULES, '.fiction-stamp');

/** Installs and builds what is not up to date; says in one line each what takes long. */
export async function prepare() {
  await installDependencies();
  const { build } = await import('./build.mjs');
  const startedAt = Date.now();
  if (await build()) say('built', startedAt);
}

async function installDependencies() {
  const lock = await readFile(join(root, 'package-lock.json'));
  const stamp = createHash('sha256').update(lock).update(process.versions.modules).digest('hex');
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === stamp) return;
  if (!(await isInstalled(JSON.parse(lock.toString('utf8'))))) {
    console.log('Installing dependencies (the first time takes about a minute)');
    const startedAt = Date.now();
    await npmCi();
    say('dependencies installed', startedAt);
  }
  await writeFile(STAMP, stamp);
}

/** Whether somebody has installed exactly what the lockfile says, without leaving our stamp. */
async function isInstalled({ packages }) {
  const present = await readFile(join(MODULES, '.package-lock.json'), 'utf8').catch(() => undefined);
  if (!present) return false;
  const installed = JSON.parse(present).packages;
  return Object.entries(packages).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || installed[path]?.version === version || (optional && !installed[path]),
  );
}

async function npmCi() {
  const logFile = join(root, '.data', 'logs', 'npm-ci.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const output = openSync(logFile, 'w');
  // NODE_ENV=production must not leave out what the build needs.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const [file, ...rest] = npm && /\.c?js$/.test(npm) ? [process.execPath, npm, ...args] : ['npm', ...args];
  const child = spawn(file, rest, { cwd: root, stdio: ['ignore', output, output], detached: true });
  const outcome = await endingWithUs(
    child,
    new Promise((done) => {
      child.once('error', (error) => done(error.message));
      child.once('exit', (status, signal) => done(signal ?? status));
    }),
  );
  closeSync(output);
  if (outcome === 0) return;
  const said = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
  console.error(`npm ci failed (${outcome}); its output is in ${logFile}\n${said}`);
  process.exit(1);
}

/** Left alone, it would go on changing node_modules, also under the next start. */
async function endingWithUs(child, ended) {
  const end = () => child.pid && signalGroup(child.pid, 'SIGKILL');
  const interrupted = () => process.exit(130);
  process.on('exit', end);
  for (const signal of SIGNALS) process.on(signal, interrupted);
  try {
    return await ended;
  } finally {
    process.off('exit', end);
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
}

function say(what, startedAt) {
  console.log(`${what} in ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
}
