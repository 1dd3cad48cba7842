import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from './data-folder';

let dir: string;
let path: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiction-folder-'));
  path = join(dir, '.data');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

it('is locked for one launcher at a time', async () => {
  const first = await DataFolder.open(path);
  await expect(DataFolder.open(path)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED', ownerPid: process.pid });
  first.release();
  (await DataFolder.open(path)).release();
  expect(await readdir(path)).toEqual(['.fiction-weaver']);
});

it('takes the lock of a launcher that is gone, also when its pid has come back as another process', async () => {
  (await DataFolder.open(path)).release();
  const { pid: gone } = spawnSync('true');
  for (const stale of [`${gone} some-boot:1\n`, `${process.pid} another-boot:1\n`, '']) {
    await writeFile(join(path, 'lock'), stale);
    const folder = await DataFolder.open(path);
    expect(existsSync(join(path, 'lock'))).toBe(true);
    folder.release();
  }
});

it('forgets everything it has put there but its own lock', async () => {
  const folder = await DataFolder.open(path);
  await writeFile(folder.file('token'), 'secret');
  expect(await folder.wipe()).toBe(true);
  expect((await readdir(path)).sort()).toEqual(['.fiction-weaver', 'lock']);
  expect(await folder.wipe()).toBe(false);
  folder.release();
});

it.each(['before', 'after'])('leaves what others have put there %s it', async (when) => {
  const putLetters = () => writeFile(join(dir, 'postgres.md'), 'dear');
  if (when === 'before') await putLetters();
  const folder = await DataFolder.open(dir);
  if (when === 'after') await putLetters();
  for (const name of ['postgres.location', 'lock.7', 'last-plan.json.7.part']) await writeFile(join(dir, name), '');
  await mkdir(folder.file('redis'));
  expect(await folder.wipe()).toBe(true);
  expect((await readdir(dir)).sort()).toEqual(['.fiction-weaver', 'lock', 'postgres.md']);
  expect(await folder.wipe()).toBe(false);
  folder.release();
});

it('refuses to empty a folder that held something of somebody else by one of its names', async () => {
  await mkdir(join(dir, 'logs'));
  await writeFile(join(dir, 'letters.txt'), 'dear');
  const folder = await DataFolder.open(dir);
  await expect(folder.wipe()).rejects.toMatchObject({
    code: 'NOT_OUR_FOLDER',
    message: expect.stringContaining('logs'),
  });
  folder.release();
});
