import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { InstanceFailedError } from './instance-failed.error';
import { canEnter, type UnixUser } from './unix-user';

const ELSEWHERE = '/var/lib/fiction-weaver';

/** Who wants the data where. */
export interface WantedFolder {
  dir: string;
  /** Who the server runs as, if not we. */
  user?: UnixUser;
  log?: (line: string) => void;
}

/** The folder for a server's data: the wanted one, or one elsewhere if its user cannot get there. */
export async function reachableFolder({ dir, user, log }: WantedFolder): Promise<string> {
  const wanted = resolve(dir);
  await mkdir(dirname(wanted), { recursive: true });
  if (!user || canEnter(user, dirname(wanted))) return wanted;

  const before = await recordedFolder(wanted);
  if (before && canEnter(user, dirname(before))) {
    const owner = await otherOwner(before, wanted);
    if (owner === undefined) {
      await writeFile(ownerFile(before), `${await realPlace(wanted)}\n`);
      return before;
    }
    log?.(`${before} holds the data of ${owner}, from which ${wanted} was copied: making a new database`);
  }
  const name = `postgres-${randomUUID().slice(0, 13)}`;
  for (const parent of [ELSEWHERE, join(tmpdir(), 'fiction-weaver')]) {
    await mkdir(parent, { recursive: true, mode: 0o755 }).catch(() => undefined);
    if (!canEnter(user, parent)) continue;
    const folder = join(parent, name);
    await writeFile(ownerFile(folder), `${await realPlace(wanted)}\n`);
    await writeFile(locationFile(wanted), `${folder}\n`);
    log?.(`PostgreSQL runs as user ${user.name}, who cannot enter ${dirname(wanted)}: its data is in ${folder}`);
    return folder;
  }
  throw new InstanceFailedError('postgres', `its user ${user.name} can enter neither ${wanted} nor ${ELSEWHERE}`);
}

/** Deletes what `reachableFolder` has found or made elsewhere for the wanted folder. */
export async function deleteElsewhere(dir: string): Promise<void> {
  const wanted = resolve(dir);
  const folder = await recordedFolder(wanted);
  if (folder && (await otherOwner(folder, wanted)) === undefined) {
    await rm(folder, { recursive: true, force: true });
    await rm(ownerFile(folder), { force: true });
  }
  await rm(locationFile(wanted), { force: true });
}

/** Beside the wanted folder, where the data is instead. It is copied along with what is around it. */
function locationFile(wanted: string): string {
  return `${wanted}.location`;
}

/** Beside the data, for which wanted folder it is. */
function ownerFile(folder: string): string {
  return `${folder}.owner`;
}

async function recordedFolder(wanted: string): Promise<string | undefined> {
  const text = await readText(locationFile(wanted));
  // The file leads to a recursive delete, so only a folder this code could have made is believed.
  return /\/fiction-weaver\/postgres-[0-9a-f-]{13}$/.test(text) ? text : undefined;
}

/**
 * The other wanted folder whose data this is: one that says so itself, as an original does that was copied. One that
 * was moved here, or deleted, does not.
 */
async function otherOwner(folder: string, wanted: string): Promise<string | undefined> {
  const owner = await readText(ownerFile(folder));
  if (owner === '' || owner === (await realPlace(wanted))) return undefined;
  return (await recordedFolder(owner)) === folder ? owner : undefined;
}

/** One name for the folder, whichever links lead there; the folder itself need not be there. */
async function realPlace(wanted: string): Promise<string> {
  const parent = dirname(wanted);
  return join(await realpath(parent).catch(() => parent), basename(wanted));
}

async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
