// Compiles every TypeScript source to dist/ with SWC; types are checked by `npm run typecheck`.
// A stamp of the sources' content makes building again free when nothing changed.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE_FOLDERS = ['libs', 'apps', 'scripts', 'test', 'bench'];
const DIST = join(root, 'dist');
const STAMP = join(DIST, '.stamp');
const AT_ONCE = 8;

async function sourceFiles() {
  const perFolder = await Promise.all(
    SOURCE_FOLDERS.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    }),
  );
  return perFolder
    .flat()
    .filter((file) => /\.tsx?$/.test(file) && !/\.(int-|e2e-)?spec\.tsx?$/.test(file) && !file.includes('node_modules'))
    .sort();
}

async function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files, ...['.swcrc', 'package.json', 'package-lock.json'].map((name) => join(root, name))]) {
    hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function compileAll(files, next) {
  const { transform } = await import('@swc/core');
  const swcrc = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));
  delete swcrc.$schema;
  swcrc.jsc.baseUrl = root;
  const queue = [...files];
  let failure;
  const compileQueued = async () => {
    for (let file = queue.pop(); file !== undefined && failure === undefined; file = queue.pop()) {
      const target = join(next, file.slice(root.length + 1)).replace(/\.tsx?$/, '.js');
      const source = await readFile(file, 'utf8');
      const { code: compiled, map } = await transform(source, { ...swcrc, swcrc: false, filename: file });
      const code = withPlainReexports(compiled, file);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, map ? `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map` : code);
      if (map) await writeFile(`${target}.map`, map);
    }
  };
  // Nobody may still be writing when the caller clears up, or its trouble with that would hide what went wrong here.
  await Promise.all(Array.from({ length: AT_ONCE }, () => compileQueued().catch((error) => (failure ??= error))));
  if (failure !== undefined) throw failure;
}

/** How SWC's commonjs hands on what `export * from` names: by a getter that looks it up again at each use. */
const REEXPORT = /get: function\(\) \{\s*return from\[k\];\s*\}/;

/**
 * Hands on the value instead, of as many lines: the libraries are used through their indexes everywhere, and each use of each
 * name would pass through such getters, which V8 cannot see through. No module exports what changes or imports in a circle.
 */
function withPlainReexports(code, file) {
  if (!code.includes('_export_star(')) return code;
  if (!REEXPORT.test(code))
    throw new Error(`${file}: the compiler writes "export *" in another way than is known here`);
  return code.replace(REEXPORT, (getter) => `value: from[k]${'\n'.repeat(getter.split('\n').length - 1)}`);
}

/** Two builds may end at once; each is whole, so it does not matter whose is put in place last. */
async function putInPlace(next) {
  const old = `${next}.old`;
  for (let attempt = 1; ; attempt++) {
    await rename(DIST, old).catch(() => undefined);
    try {
      await rename(next, DIST);
      return;
    } catch (error) {
      if (attempt === 10) throw error;
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
}

/** Removes what builds that were killed have left behind. */
async function removeAbandoned() {
  for (const name of await readdir(root)) {
    const pid = Number(/^dist\.(\d+)/.exec(name)?.[1]);
    if (pid && pid !== process.pid && !isAlive(pid)) await rm(join(root, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Builds when the sources changed; says whether it did. The old dist/ stays whole until the new one is. */
export async function build() {
  const files = await sourceFiles();
  const stamp = await stampOf(files);
  const previous = await readFile(STAMP, 'utf8').catch(() => '');
  if (previous === stamp) return false;

  await removeAbandoned();
  const next = join(root, `dist.${process.pid}`);
  try {
    await compileAll(files, next);
    await cp(join(root, 'package.json'), join(next, 'package.json'));
    await writeFile(join(next, '.stamp'), stamp);
    await putInPlace(next);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await build()) ? 'built dist/' : 'dist/ is up to date');
}
