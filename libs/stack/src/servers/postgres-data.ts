import { execFile } from 'node:child_process';
import { chown, mkdir, readdir, readFile, readlink, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { explainRefusal, ForeignDataError } from '../data/foreign-data.error';
import { InstanceFailedError } from './instance-failed.error';
import { SERVER_ENV } from './private-instance';
import { isRunning } from '../processes/process-identity';
import { StackError } from '../stack.error';
import type { UnixUser } from './unix-user';
import { deleteElsewhere, reachableFolder, type WantedFolder } from './postgres-location';

const run = promisify(execFile);

/** What preparing a data folder needs. */
export interface PostgresDataOptions extends WantedFolder {
  binaries: { postgres: string; initdb: string };
  superuser: string;
  durable?: boolean;
}

/** A data folder a server can start on. */
export interface PostgresData {
  dir: string;
  /** Ends a server a crash left running on the folder and removes its lock, else PostgreSQL may refuse to start. */
  clearStaleLock: () => Promise<void>;
}

/** Finds or makes the data folder. A folder appears whole or not at all: initdb works beside it. */
export async function preparePostgresData(options: PostgresDataOptions): Promise<PostgresData> {
  const dir = await reachableFolder(options);
  const parent = dirname(dir);
  const halfMade = (await readdir(parent)).filter((name) => name.startsWith(`${basename(dir)}.init-`));
  for (const name of halfMade) await rm(join(parent, name), { recursive: true, force: true });

  const version = await versionOf(dir);
  if (version === undefined) await initialise(dir, options);
  else {
    await requireSameVersion(version, dir, options.binaries.postgres);
    await requireOwner(dir, options.user);
  }
  return { dir, clearStaleLock: () => clearStaleLock(dir) };
}

/** Deletes a data folder, wherever `preparePostgresData` put it. */
export async function deletePostgresData(dir: string): Promise<void> {
  await deleteElsewhere(dir);
  await rm(dir, { recursive: true, force: true });
}

/**
 * Which PostgreSQL made the data; `undefined` if there is none yet. That a file cannot be read, or is missing among
 * others, does not mean that there are no books.
 */
async function versionOf(dir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dir, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(dir, error);
  }
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unreadable(dir, error);
  });
  if (names.length > 0) throw unusable(`${dir} holds files but no PG_VERSION, so it is not a database.`);
  return undefined;
}

function unreadable(dir: string, error: unknown): StackError {
  const explained = explainRefusal(error, dir);
  if (explained instanceof ForeignDataError) return explained;
  return unusable(`The data in ${dir} cannot be read (${(error as Error).message}).`);
}

function unusable(why: string): StackError {
  const mend = 'Nothing was changed. Fix that and start again, or start with --fresh to delete the data.';
  return new StackError('POSTGRES_DATA_UNUSABLE', `${why} ${mend}`);
}

async function initialise(dir: string, { binaries, superuser, durable, user }: PostgresDataOptions): Promise<void> {
  const fresh = `${dir}.init-${process.pid}`;
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  if (user) await chown(fresh, user.uid, user.gid);
  const args = ['-D', fresh, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  try {
    await run(binaries.initdb, durable === false ? [...args, '-N'] : args, {
      cwd: '/',
      env: SERVER_ENV,
      uid: user?.uid,
      gid: user?.gid,
      timeout: 120_000,
    });
    // Replaces an empty folder, and fails on one that is not.
    await rename(fresh, dir);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const said = error as Error & { stderr?: string };
    throw new InstanceFailedError('postgres', 'initdb failed', (said.stderr || said.message).trim());
  }
}

/** Root can read what is another user's, but PostgreSQL does not run as root. */
async function requireOwner(dir: string, user: UnixUser | undefined): Promise<void> {
  if (!user) return;
  const { uid } = await stat(dir);
  if (uid === user.uid) return;
  const mend = uid === 0 ? `Give it back: chown -R ${user.name} ${dir}` : 'Start as that user, without sudo';
  throw new StackError(
    'FOREIGN_DATA',
    `The data in ${dir} belongs to another user (${uid}), and as root PostgreSQL runs as ${user.name}, who may not use it. ` +
      `${mend}, or set FICTION_DATA_DIR to another folder.`,
  );
}

async function requireSameVersion(version: string, dir: string, postgres: string): Promise<void> {
  const { stdout } = await run(postgres, ['--version']);
  const present = /(\d+)/.exec(stdout)?.[1];
  if (present === version) return;
  throw new StackError(
    'POSTGRES_VERSION_DIFFERS',
    `The data in ${dir} was made by PostgreSQL ${version}, but ${postgres} is version ${present}. Install PostgreSQL ${version}, or start with --fresh to delete the data.`,
  );
}

async function clearStaleLock(dir: string): Promise<void> {
  const file = join(dir, 'postmaster.pid');
  const lock = await readFile(file, 'utf8').catch(() => undefined);
  if (lock === undefined) return;
  const pid = Number(lock.split('\n')[0]);
  if (await isServerOn(pid, dir)) {
    process.kill(pid, 'SIGINT');
    for (let waitedMs = 0; isRunning(pid) && waitedMs < 15_000; waitedMs += 50) await sleep(50);
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
  await rm(file, { force: true });
}

/** A server's working directory is its data folder; where that cannot be asked, its command line names it. */
async function isServerOn(pid: number, dir: string): Promise<boolean> {
  if (!isRunning(pid)) return false;
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === dir;
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(dir);
}
