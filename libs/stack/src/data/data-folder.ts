import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataFolderLockedError } from './data-folder-locked.error';
import { PidRecord } from './pid-record';
import { deletePostgresData } from '../servers/postgres-data';
import { processIdentity } from '../processes/process-identity';
import { StackError } from '../stack.error';

const MARKER = '.fiction-weaver';
/** Everything a start puts here; what it makes beside them has the same name and an ending. */
const NAMES = ['lock', 'logs', 'pids.json', 'token', 'last-plan.json', 'postgres', 'redis', 'nats'] as const;
const ENDING = /\.(location|sockets|conf|next|init-\d+|stale-\d+|\d+|\d+\.part)$/;

type Name = (typeof NAMES)[number];

/** The folder (`.data/`) that holds everything a running system keeps on this machine, locked for one launcher. */
export class DataFolder {
  readonly pids: PidRecord;

  private constructor(readonly path: string) {
    this.pids = new PidRecord(this.file('pids.json'));
  }

  /**
   * Makes the folder if need be and takes its lock. A lock whose launcher is gone is taken over.
   * @throws {DataFolderLockedError} when another launcher is using it
   */
  static async open(path: string): Promise<DataFolder> {
    const folder = new DataFolder(resolve(path));
    await mkdir(folder.path, { recursive: true, mode: 0o755 });
    const names = await readdir(folder.path);
    // The installation of the dependencies has logged before us.
    const isNew = names.every((name) => name === 'logs') || !names.some(isOurs);
    const mark = 'Used by Fiction Weaver; `npm start -- --fresh` removes what it has put here.\n';
    if (isNew) await writeFile(join(folder.path, MARKER), mark);
    folder.lock();
    return folder;
  }

  file(name: Name): string {
    return join(this.path, name);
  }

  logFile(name: string): string {
    return join(this.file('logs'), `${name.replace('#', '-')}.log`);
  }

  /**
   * Forgets everything that starts have put into the folder; the lock stays, and so does what others keep there.
   * @returns whether there was anything
   * @throws {StackError} `NOT_OUR_FOLDER` when something there had one of our names before we first used it
   */
  async wipe(): Promise<boolean> {
    const names = await readdir(this.path);
    if (!names.includes(MARKER)) {
      throw new StackError(
        'NOT_OUR_FOLDER',
        `${this.path} already had files with names that Fiction Weaver uses (${names.filter(isOurs).join(', ')}); empty it by hand, then start again.`,
      );
    }
    await deletePostgresData(this.file('postgres'));
    const forgotten = names.filter((name) => isOurs(name) && name !== 'lock');
    for (const name of forgotten) await rm(join(this.path, name), { recursive: true, force: true });
    return forgotten.length > 0;
  }

  /** Gives the lock back. */
  release(): void {
    if (readText(this.file('lock')) === ownLock()) rmSync(this.file('lock'), { force: true });
  }

  private lock(): void {
    const lock = this.file('lock');
    const mine = `${lock}.${process.pid}`;
    writeFileSync(mine, ownLock());
    try {
      // Two tries: the second after a stale lock was put aside.
      if (!tryLink(mine, lock)) this.breakStaleLock(lock);
      if (readText(lock) !== ownLock() && !tryLink(mine, lock)) this.refuse(lock);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  private breakStaleLock(lock: string): void {
    const seen = readText(lock);
    if (seen !== undefined && isHeld(seen)) this.refuse(lock);
    const aside = `${lock}.stale-${process.pid}`;
    try {
      renameSync(lock, aside);
    } catch {
      return; // Another start broke it first; linking tells who got it.
    }
    const moved = readText(aside);
    if (moved !== seen) tryLink(aside, lock); // It was another start's fresh lock: put it back.
    rmSync(aside, { force: true });
  }

  private refuse(lock: string): never {
    throw new DataFolderLockedError(this.path, Number(readText(lock)?.split(' ')[0]));
  }
}

function isOurs(name: string): boolean {
  return NAMES.some((ours) => ours === name || ours === name.replace(ENDING, ''));
}

function ownLock(): string {
  return `${process.pid} ${processIdentity(process.pid)}\n`;
}

function isHeld(lock: string): boolean {
  const [pid, ...identity] = lock.trim().split(' ');
  return processIdentity(Number(pid)) === identity.join(' ');
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
