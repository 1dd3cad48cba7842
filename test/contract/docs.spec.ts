import { briefSchema, PHASES, SCENE_GATES, settleBrief, type Brief } from '@fiction/contracts';
import { MAX_FAILURES, MAX_LOSSES, MAX_PAUSES } from '@fiction/runtime';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { readText, ROOT } from './manifest-files';

const readme = readText('README.md');
const contributing = readText('CONTRIBUTING.md');
const briefPage = readText('docs/brief.md');
const phasesPage = readText('docs/phases.md');
const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.data', 'manuscripts', 'coverage']);

/** Files of the checkout under a folder, as paths from its root with `/`. */
function filesUnder(folder: string, wanted: (path: string) => boolean): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return NOT_OURS.has(entry.name) || /^dist\./.test(entry.name) ? [] : filesUnder(path, wanted);
    return wanted(path) ? [path] : [];
  });
}

const pages = filesUnder('', (path) => path.endsWith('.md') && !path.startsWith('examples/briefs/'));

/** A page without its code, in which nothing is a link or a heading. */
const proseOf = (page: string): string => page.replaceAll(/^```[\s\S]*?^```/gm, '');

/** The rows of the tables of a page, each as its cells, without the heads. */
const rowsOf = (page: string): string[][] =>
  [...page.matchAll(/^\|(.+)\|$/gm)].map(([, row]) => row!.split(/(?<!\\)\|/).map((cell) => cell.trim()));

/** What stands in backticks. */
const quotedIn = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, quoted]) => quoted!);

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('%s', (path) => {
  it('links to what is there', () => {
    const links = [...proseOf(readText(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? join(ROOT, path) : join(ROOT, dirname(path), decodeURIComponent(file));
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readText(relative(ROOT, target))).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const named = [...readText(path).matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });
});

describe('README.md', () => {
  const described = rowsOf(readme).flatMap(([first = '']) => quotedIn(first));

  it('describes every environment variable that a service reads', () => {
    const source = readText('libs/platform/src/config/service.config.ts');
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, variable]) => variable!);
    expect(read.length).toBeGreaterThan(10);
    expect(read.filter((variable) => !described.includes(variable))).toEqual([]);
  });

  it('describes every flag and variable of npm start', () => {
    const help = /const HELP = `([\s\S]*?)`/.exec(readText('scripts/start-options.mjs'))![1]!;
    const flags = [...help.matchAll(/^ {2}(--[a-z]+(?: [A-Z]+)?) {2}/gm)].map(([, flag]) => flag!);
    const variables = help.split('\nEnvironment\n')[1]!.match(/\b[A-Z]+_[A-Z_]+\b/g) ?? [];
    expect(variables.length).toBeGreaterThan(3);
    expect(flags.length).toBeGreaterThan(5);
    expect([...flags, ...variables].filter((word) => !described.includes(word))).toEqual([]);
  });

  it('stays short enough to be read', () => {
    expect(readme.split('\n').length).toBeLessThan(260);
  });
});

describe('docs/brief.md', () => {
  const rows = new Map(rowsOf(briefPage).map((row) => [quotedIn(row[0] ?? '')[0], row]));

  it('describes every field of a brief, and those within it', () => {
    const fields = Object.entries(briefSchema.shape).flatMap(([name, schema]) => [name, ...innerFields(schema)]);
    expect(fields.length).toBeGreaterThan(25);
    expect(fields.filter((field) => !quotedIn(briefPage).includes(field))).toEqual([]);
  });

  it('tells the default of each', () => {
    const brief: Brief = { title: 'T', author: 'A', text: 'P' };
    const settled = settleBrief(brief, { provider: 'p', model: 'm' });
    const flat = { ...settled, ...settled.lore, genre: `[${settled.genre.join(', ')}]` };
    const told = ['language', 'genre', 'tone', 'audience', 'pov', 'tense', 'chapters', 'scenesPerChapter'] as const;
    const also = ['planningPasses', 'continuity', 'policy', 'slaSeconds', 'approval'] as const;
    const wrong = [...told, ...also].filter(
      (name) => rows.get(name)?.at(-1)?.replaceAll('`', '') !== String(flat[name]),
    );
    expect(wrong).toEqual([]);
  });
});

/** The names of the fields of an object, or of the items of a list of objects; none for anything else. */
function innerFields(schema: z.core.$ZodType): string[] {
  const { def } = schema._zod as unknown as { def: { innerType?: z.ZodType; element?: z.ZodType; shape?: object } };
  const inner = def.innerType ?? def.element;
  return inner === undefined ? Object.keys(def.shape ?? {}) : innerFields(inner);
}

describe('docs/phases.md', () => {
  it.each(PHASES)('has a section for %s, with the name of its run', (phase) => {
    const section = phasesPage.split(/^## /m).find((one) => one.startsWith(`${phase}\n`)) ?? '';
    expect(section).toContain(`\`fiction:${phase}:{`);
    for (const said of ['Run:', 'Waits for:', 'Reads:', 'Asks:', 'Writes:', 'Can fail:'])
      expect(section).toContain(said);
  });

  it('names every task that a phase asks for, and every gate', () => {
    const prompts = filesUnder('apps', (path) => path.endsWith('.prompt.ts'));
    const tasks = prompts.flatMap((path) => [...readText(path).matchAll(/task: '([\w.]+)'/g)].map(([, task]) => task!));
    expect(tasks.length).toBeGreaterThan(10);
    expect([...tasks, ...SCENE_GATES].filter((word) => !quotedIn(phasesPage).includes(word))).toEqual([]);
  });
});

it('docs/durability.md tells the bounds of a run as they are', () => {
  const bounds = rowsOf(readText('docs/durability.md'));
  const boundOf = (what: string): string | undefined => bounds.find(([first]) => first?.startsWith(what))?.[1];
  expect([boundOf('attempts that fail'), boundOf('pauses'), boundOf('workers lost')]).toEqual(
    [MAX_FAILURES, MAX_PAUSES, MAX_LOSSES].map(String),
  );
});

it('docs/glossary.md gives each word one meaning', () => {
  const words = rowsOf(readText('docs/glossary.md')).map(([word]) => word!);
  const defined = words.filter((word) => word !== 'word' && !/^-+$/.test(word));
  expect(defined.length).toBeGreaterThan(80);
  expect(defined.filter((word, index) => defined.indexOf(word) !== index)).toEqual([]);
});

it('docs/adr/README.md lists every decision, by its title', () => {
  const index = readText('docs/adr/README.md');
  for (const path of filesUnder('docs/adr', (one) => /\/\d{4}-/.test(one))) {
    const [, number, title] = /^# (\d{4}): (.+)\n/.exec(readText(path)) ?? [];
    expect(index).toContain(`| [${number}](${path.split('/').at(-1)}) | ${title} |`);
    for (const part of ['## Context', '## Decision', '## Consequences']) expect(readText(path)).toContain(part);
  }
});

describe('the layers of CONTRIBUTING.md', () => {
  const allowed = new Map(
    rowsOf(contributing.split('## Layers')[1]!.split('\n## ')[0]!)
      .filter(([layer]) => layer?.startsWith('`'))
      .map(([layer, imports]) => [quotedIn(layer!)[0]!, new Set(quotedIn(imports ?? ''))]),
  );
  const sources = filesUnder('', (path) => /^(apps|libs)\/.*\.ts$/.test(path));
  const isTest = (path: string): boolean => /spec\.ts$|\.fixture\.ts$|\/testing\//.test(path);

  it('name every library', () => {
    const libraries = readdirSync(join(ROOT, 'libs')).filter((name) =>
      statSync(join(ROOT, 'libs', name)).isDirectory(),
    );
    expect([...allowed.keys()].sort()).toEqual([...libraries, 'apps'].sort());
  });

  it('are those of the imports', () => {
    const wrong = sources.flatMap((path) => {
      const [top, name] = path.split('/') as [string, string];
      const may = allowed.get(top === 'apps' ? 'apps' : name)!;
      const imported = [...readText(path).matchAll(/from '@fiction\/(\w+)'/g)].map(([, library]) => library!);
      return imported
        .filter((library) => !may.has(library) && !(library === 'testing' && isTest(path)))
        .map((library) => `${path} imports ${library}`);
    });
    expect(wrong).toEqual([]);
  });

  it('are not gone round by a path', () => {
    const wrong = sources.filter((path) => {
      const home = join(ROOT, ...path.split('/').slice(0, 2)) + sep;
      const imported = [...readText(path).matchAll(/from '(\.[^']*)'/g)].map(([, target]) => target!);
      return imported.some((target) => !join(ROOT, dirname(path), target).startsWith(home));
    });
    expect(wrong).toEqual([]);
  });
});
