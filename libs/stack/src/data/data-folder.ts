import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataFolderLockedError } from './data-folder-locked.error';
import { PidRecord } from './pid-record';
import { deletePostgresData } from '../servers/postgres-data';
import { processIdentity } from '../processes/process-identity';
import { StackError } from '../stack.error';

const MARKER = '.fiction-weaver';

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
    const empty = (await readdir(folder.path)).every((name) => name === 'logs');
    if (empty) await writeFile(folder.file(MARKER), 'Made by Fiction Weaver; `npm start -- --fresh` empties it.\n');
    folder.lock();
    return folder;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  logFile(name: string): string {
    return join(this.path, 'logs', `${name.replace('#', '-')}.log`);
  }

  /**
   * Forgets everything in the folder; the lock stays.
   * @returns whether there was anything
   * @throws {StackError} `NOT_OUR_FOLDER` when the folder held something else before we first used it
   */
  async wipe(): Promise<boolean> {
    const names = await readdir(this.path);
    if (!names.includes(MARKER)) {
      throw new StackError(
        'NOT_OUR_FOLDER',
        `${this.path} held other files before; empty it by hand, then start again.`,
      );
    }
    await deletePostgresData(this.file('postgres'));
    const forgotten = names.filter((name) => name !== 'lock' && name !== MARKER);
    for (const name of forgotten) await rm(this.file(name), { recursive: true, force: true });
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
