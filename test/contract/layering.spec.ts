import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** `from '…'`, `import '…'`, `import('…')`, `require('…')`. */
const IMPORTS = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

interface Import {
  file: string;
  /** What is imported: a package, or a path from the root. */
  target: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...text.matchAll(IMPORTS)].map(([, , name]) => {
    const target = name!.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), name!)) : name!;
    return { file, target };
  });
}

/** `apps/planner`, `libs/llm`: the part of the project a path or an alias lies in. */
function partOf(path: string): string | undefined {
  const alias = /^@fiction\/([^/]+)/.exec(path)?.[1];
  if (alias !== undefined) return `libs/${alias}`;
  return /^(?:apps|libs)\/[^/]+/.exec(path)?.[0];
}

const imports = ['apps', 'libs', 'test', 'bench', 'scripts'].flatMap(sources).flatMap(importsOf);
const shown = ({ file, target }: Import): string => `${file} imports ${target}`;

it('finds the imports at all', () => {
  expect(imports.length).toBeGreaterThan(500);
  expect(imports.map((one) => partOf(one.target))).toEqual(expect.arrayContaining(['libs/contracts', 'libs/runtime']));
});

it('no app imports another app', () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [partOf(file), partOf(target)];
    return from?.startsWith('apps/') && to?.startsWith('apps/') && from !== to;
  });
  expect(wrong.map(shown)).toEqual([]);
});

it('no lib imports an app', () => {
  const wrong = imports.filter(({ file, target }) => file.startsWith('libs/') && target.startsWith('apps/'));
  expect(wrong.map(shown)).toEqual([]);
});

it('contracts import nothing of ours', () => {
  const wrong = imports.filter(({ file, target }) => {
    const to = partOf(target);
    return file.startsWith('libs/contracts/') && to !== undefined && to !== 'libs/contracts';
  });
  expect(wrong.map(shown)).toEqual([]);
});

it('stylometry imports nothing of ours, and nothing that reads or writes', () => {
  const own = imports.filter(({ file }) => file.startsWith('libs/stylometry/') && !file.endsWith('.spec.ts'));
  expect(own.length).toBeGreaterThan(20);
  expect(own.filter(({ target }) => partOf(target) !== 'libs/stylometry').map(shown)).toEqual([]);
});

it('libs and apps are reached through their own folder or the alias, never through a path into another lib', () => {
  const wrong = imports.filter(({ file, target }) => {
    const to = partOf(target);
    return to?.startsWith('libs/') && to !== partOf(file) && !/^@fiction\/[a-z-]+$/.test(target);
  });
  expect(wrong.filter(({ file }) => /^(apps|libs)\//.test(file)).map(shown)).toEqual([]);
});

it('a lib imports only libs below it', () => {
  const layers = ['contracts', 'platform', 'messaging', 'llm', 'runtime'].map((name) => `libs/${name}`);
  const isTest = (file: string): boolean => /\.spec\.ts$|\.int-spec\.ts$|\.fixture\.ts$|\/testing\//.test(file);
  const wrong = imports.filter(({ file, target }) => {
    const from = layers.indexOf(partOf(file) ?? '');
    const to = layers.indexOf(partOf(target) ?? '');
    return !isTest(file) && from >= 0 && to > from;
  });
  expect(wrong.map(shown)).toEqual([]);
});
