import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the names of its folders there begin with. */
export const EXPORT_PREFIX = 'fiction-export-';

/** Manuscripts are put together in a folder in which nothing can be put; the message says what to do. */
export class TemporaryFolderError extends Error {
  readonly code = 'TEMPORARY_FOLDER_UNUSABLE';
}

/**
 * Looks before anything is written: a book could be made and paid for, and not be had.
 * @throws {TemporaryFolderError} when nothing can be put into it
 */
export function checkTemporaryFolder(folder = tmpdir()): void {
  try {
    rmdirSync(mkdtempSync(join(folder, EXPORT_PREFIX)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TemporaryFolderError(
      `Manuscripts are assembled in ${folder}, which cannot be written to (${code}): set TMPDIR to another folder.`,
      { cause: error },
    );
  }
}
