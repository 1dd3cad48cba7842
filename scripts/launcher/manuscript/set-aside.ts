import { constants } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';

/**
 * Keeps what a file holds before other content takes its place, as `<file>.bak-1` or the next number that is free: a
 * writer may have worked on it, and nothing that was kept is ever replaced.
 * @returns where it is kept; `undefined` when nothing would be lost
 */
export async function setAside(file: string, next: Buffer): Promise<string | undefined> {
  const present = await read(file);
  if (present === undefined || sameBook(present, next)) return undefined;
  for (let number = 1; ; number++) {
    const backup = `${file}.bak-${number}`;
    const kept = await read(backup);
    if (kept?.equals(present)) return backup;
    if (kept === undefined && (await copyTo(file, backup))) return backup;
  }
}

/** Made again, the same book has another plan; nobody would miss the name of the earlier one. */
function sameBook(present: Buffer, next: Buffer): boolean {
  return present.equals(next) || withoutPlan(present) === withoutPlan(next);
}

function withoutPlan(json: Buffer): string {
  return json.toString('utf8').replace(/"source":\{"planId":"[^"]*"/, '');
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the name was free. */
async function copyTo(file: string, backup: string): Promise<boolean> {
  try {
    await copyFile(file, backup, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
