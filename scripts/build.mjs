// Compiles every TypeScript source to dist/ with SWC; types are checked by `npm run typecheck`.
// A stamp of the sources' content makes building again free when nothing changed.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE_FOLDERS = ['libs', 'apps', 'scripts', 'test', 'bench'];
const STAMP = join(root, 'dist', '.stamp');

async function sourceFiles() {
  const perFolder = await Promise.all(
    SOURCE_FOLDERS.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    }),
  );
  return perFolder
    .flat()
    .filter((file) => /\.(ts|tsx)$/.test(file) && !file.includes('node_modules'))
    .sort();
}

async function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files, join(root, '.swcrc'), join(root, 'package-lock.json')]) {
    hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** Builds when the sources changed; says whether it did. The old dist/ stays whole until the new one is. */
export async function build() {
  const files = await sourceFiles();
  const stamp = await stampOf(files);
  const previous = await readFile(STAMP, 'utf8').catch(() => '');
  if (previous === stamp) return false;

  const { transform } = await import('@swc/core');
  const swcrc = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));
  delete swcrc.$schema;
  swcrc.jsc.baseUrl = root;
  const next = join(root, `dist.${process.pid}`);
  await rm(next, { recursive: true, force: true });
  for (const file of files) {
    const target = join(next, file.slice(root.length + 1)).replace(/\.tsx?$/, '.js');
    const { code, map } = await transform(await readFile(file, 'utf8'), { ...swcrc, swcrc: false, filename: file });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, map ? `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map` : code);
    if (map) await writeFile(`${target}.map`, map);
  }
  await cp(join(root, 'package.json'), join(next, 'package.json'));
  await writeFile(join(next, '.stamp'), stamp);
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await rename(next, join(root, 'dist'));
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await build()) ? 'built dist/' : 'dist/ is up to date');
}
