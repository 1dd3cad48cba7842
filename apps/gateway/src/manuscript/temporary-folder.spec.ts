import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTemporaryFolder, TemporaryFolderError } from './temporary-folder';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fiction-temporary-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('leaves nothing in a folder that serves', () => {
  checkTemporaryFolder(folder);
  expect(readdirSync(folder)).toEqual([]);
});

it('says which folder is of no use, why, and where to name another', () => {
  const missing = join(folder, 'none');
  expect(() => checkTemporaryFolder(missing)).toThrow(TemporaryFolderError);
  expect(() => checkTemporaryFolder(missing)).toThrow(
    `${missing}, which cannot be written to (ENOENT): set TMPDIR to another`,
  );
  expect(() => checkTemporaryFolder(missing)).toThrow('TMPDIR');
});
