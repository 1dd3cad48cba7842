import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteElsewhere, reachableFolder } from './postgres-location';
import { unprivilegedUser } from './unix-user';

/** Only root starts PostgreSQL as somebody else, who may be kept out. */
const asRoot = process.getuid?.() === 0;

describe('a folder that the server’s user cannot enter', () => {
  let dir: string;
  let said: string[];

  beforeEach(async () => {
    // Only we can enter what mkdtemp has made.
    dir = await mkdtemp(join(tmpdir(), 'fiction-location-'));
    said = [];
  });

  afterEach(async () => {
    for (const name of ['original', 'copy', 'moved']) await deleteElsewhere(join(dir, name, 'postgres'));
    await rm(dir, { recursive: true, force: true });
  });

  const locate = (name: string) =>
    reachableFolder({ dir: join(dir, name, 'postgres'), user: unprivilegedUser(), log: (line) => said.push(line) });

  async function locateWithData(name: string): Promise<string> {
    const folder = await locate(name);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  it('has its data elsewhere, always in the same place, whichever way leads to it', async () => {
    if (!asRoot) return;
    const folder = await locateWithData('original');
    expect(said).toEqual([expect.stringContaining(folder)]);
    await symlink(join(dir, 'original'), join(dir, 'link'));
    expect(await locate('original')).toBe(folder);
    expect(await locate('link')).toBe(folder);
  });

  it('gets data of its own when it is a copy, and says so', async () => {
    if (!asRoot) return;
    const folder = await locateWithData('original');
    await cp(join(dir, 'original'), join(dir, 'copy'), { recursive: true });

    expect(await locate('copy')).not.toBe(folder);

    expect(said.join('\n')).toContain(`${folder} holds the data of ${join(dir, 'original', 'postgres')}`);
    expect(await locate('original')).toBe(folder);
  });

  it('leaves the original its data when a copy is forgotten', async () => {
    if (!asRoot) return;
    const folder = await locateWithData('original');
    await cp(join(dir, 'original'), join(dir, 'copy'), { recursive: true });

    await deleteElsewhere(join(dir, 'copy', 'postgres'));
    expect(existsSync(folder)).toBe(true);

    await deleteElsewhere(join(dir, 'original', 'postgres'));
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(`${folder}.owner`)).toBe(false);
  });

  it('keeps its data when it is moved, and when nobody has written down whose it is', async () => {
    if (!asRoot) return;
    const folder = await locateWithData('original');
    await rename(join(dir, 'original'), join(dir, 'moved'));
    expect(await locate('moved')).toBe(folder);
    expect(await readFile(`${folder}.owner`, 'utf8')).toBe(`${join(dir, 'moved', 'postgres')}\n`);

    await rm(`${folder}.owner`);
    expect(await locate('moved')).toBe(folder);
  });
});
