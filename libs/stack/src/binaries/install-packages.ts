import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { openLog, tailOf } from '../servers/log-file';

const INSTALL_WITHIN_MS = 10 * 60_000;

/** Installs what holds the missing programs; `why` says what stopped it. */
export type Installer = (
  missing: readonly string[],
  options: { env: Readonly<Record<string, string | undefined>>; logFile: string; log: (line: string) => void },
) => Promise<{ why?: string }>;

const APT_PACKAGES: Record<string, string> = {
  postgres: 'postgresql',
  initdb: 'postgresql',
  'redis-server': 'redis-server',
  'nats-server': 'nats-server',
  prometheus: 'prometheus',
};

const BREW_PACKAGES: Record<string, string> = {
  postgres: 'postgresql@16',
  initdb: 'postgresql@16',
  'redis-server': 'redis',
  'nats-server': 'nats-server',
  prometheus: 'prometheus',
};

/**
 * Debian starts the service of every package it installs. We only want the programs, so the hook that is asked for
 * permission says no while we install; one that is there already is the machine owner's and stays as it is.
 */
const APT_SCRIPT = `
set -eu
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update || echo 'continuing with the package lists that are here'
apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
`;

/** Uses apt-get (as root or through sudo without a password) or Homebrew. */
export const installWithPackageManager: Installer = async (missing, { env, logFile, log }) => {
  const command = await installCommand(missing, env);
  if ('why' in command) return command;
  log(`installing ${command.packages.join(', ')} with ${command.manager} (output in ${logFile})`);
  const { descriptor, offset } = openLog(logFile);
  try {
    const status = await run(command.command, env, descriptor);
    if (status === 0) return {};
    return { why: `${command.manager} ended with status ${status}:\n${tailOf(logFile, 8, offset)}\n` };
  } finally {
    closeSync(descriptor);
  }
};

type Env = Readonly<Record<string, string | undefined>>;
type InstallCommand = { manager: string; packages: string[]; command: [string, ...string[]] } | { why: string };

async function installCommand(missing: readonly string[], env: Env): Promise<InstallCommand> {
  if (process.platform === 'darwin') {
    const packages = packagesFor(missing, BREW_PACKAGES);
    if ((await run(['brew', '--version'], env)) !== 0) return { why: 'Homebrew is not installed.' };
    return { manager: 'Homebrew', packages, command: ['brew', 'install', ...packages] };
  }
  const packages = packagesFor(missing, APT_PACKAGES);
  if ((await run(['apt-get', '--version'], env)) !== 0) return { why: 'this machine has no apt-get.' };
  const script = ['sh', '-c', APT_SCRIPT, 'sh', ...packages] as const;
  if (process.getuid?.() === 0) return { manager: 'apt-get', packages, command: [...script] };
  const sudo = await run(['sudo', '-n', 'true'], env);
  if (sudo === 0) return { manager: 'sudo apt-get', packages, command: ['sudo', '-n', ...script] };
  // It has not even run: a bare Debian has none.
  const isMissing = typeof sudo === 'string';
  return { why: `installing needs root, and ${isMissing ? 'there is no sudo' : 'sudo asks for a password'}.` };
}

function packagesFor(missing: readonly string[], names: Record<string, string>): string[] {
  return [...new Set(missing.map((program) => names[program] ?? program))];
}

/** The exit status, or what else went wrong in a word. */
function run(command: readonly [string, ...string[]], env: Env, output?: number): Promise<number | string> {
  return new Promise((resolve) => {
    const [file, ...args] = command;
    const stdio = output ?? 'ignore';
    const child = spawn(file, args, { env: { ...env }, stdio: ['ignore', stdio, stdio] });
    // One of spawn's own would keep the process for as long where there is no such program.
    const bound = setTimeout(() => child.kill(), INSTALL_WITHIN_MS);
    const end = (outcome: number | string): void => {
      clearTimeout(bound);
      resolve(outcome);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (status, signal) => end(signal ?? status ?? 1));
  });
}
