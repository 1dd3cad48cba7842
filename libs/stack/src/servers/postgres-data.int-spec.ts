import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Binaries, findBinaries, machineLookup } from '../binaries/binaries';
import { preparePostgresData } from './postgres-data';
import { unprivilegedUser } from './unix-user';

const binaries = findBinaries(machineLookup(process.env.PATH ?? '')).found as Binaries;
let dir: string;
let data: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiction-postgres-data-'));
  await chmod(dir, 0o711);
  data = join(dir, 'postgres');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const prepare = () =>
  preparePostgresData({ dir: data, binaries, superuser: 'fiction', durable: false, user: unprivilegedUser() });

it('makes the database in an empty folder', async () => {
  await mkdir(data);
  await prepare();
  expect(await readdir(data)).toContain('PG_VERSION');
});

it('leaves data alone whose version cannot be read', async () => {
  await mkdir(join(data, 'PG_VERSION'), { recursive: true });
  await writeFile(join(data, 'book'), 'long');

  await expect(prepare()).rejects.toMatchObject({
    code: 'POSTGRES_DATA_UNUSABLE',
    message: expect.stringMatching(/EISDIR.*--fresh/),
  });

  expect(await readFile(join(data, 'book'), 'utf8')).toBe('long');
});

it('leaves files alone that have lost their version', async () => {
  await mkdir(data);
  await writeFile(join(data, 'book'), 'long');

  await expect(prepare()).rejects.toMatchObject({
    code: 'POSTGRES_DATA_UNUSABLE',
    message: expect.stringContaining('no PG_VERSION'),
  });

  expect(await readdir(data)).toEqual(['book']);
});

it('says whose the data is when a start as root finds that of a user', async () => {
  // Only root can be somebody else.
  if (process.getuid?.() !== 0) return;
  await prepare();
  await chown(data, 54_321, 54_321);

  await expect(prepare()).rejects.toMatchObject({
    code: 'FOREIGN_DATA',
    message: expect.stringMatching(/another user \(54321\).*without sudo.*FICTION_DATA_DIR/),
  });
});
