import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Absolute paths of the server programs. */
export interface Binaries {
  postgres: string;
  initdb: string;
  redisServer: string;
  natsServer: string;
}

/** The programs of {@link Binaries}, by the name of their file. */
export const PROGRAM_NAMES = {
  postgres: 'postgres',
  initdb: 'initdb',
  redisServer: 'redis-server',
  natsServer: 'nats-server',
} as const satisfies Record<keyof Binaries, string>;

/** Finds a program by the name of its file; `undefined` when it is nowhere on this machine. */
export type Lookup = (program: string) => string | undefined;

/** What was found, and the file names of what was not. */
export interface FoundBinaries {
  found: Partial<Binaries>;
  missing: string[];
}

/** Looks for every program. postgres and initdb are taken from the same folder, so that their versions agree. */
export function findBinaries(lookup: Lookup): FoundBinaries {
  const found: Partial<Binaries> = {};
  for (const key of ['postgres', 'redisServer', 'natsServer'] as const) found[key] = lookup(PROGRAM_NAMES[key]);
  found.initdb = found.postgres && (sibling(found.postgres, 'initdb') ?? lookup('initdb'));
  const keys = Object.keys(PROGRAM_NAMES) as (keyof Binaries)[];
  return { found, missing: keys.filter((key) => !found[key]).map((key) => PROGRAM_NAMES[key]) };
}

/** Looks on `PATH`, then where packages put servers that are not meant for a user's `PATH`; anew every time. */
export function machineLookup(path: string): Lookup {
  return (program) =>
    foldersOfPrograms(path)
      .map((folder) => join(folder, program))
      .find(isProgram);
}

function foldersOfPrograms(path: string): string[] {
  return [
    ...path.split(delimiter).filter(Boolean),
    ...versionedFolders('/usr/lib/postgresql', '', 'bin'),
    ...versionedFolders('/usr', 'pgsql-', 'bin'),
    '/usr/local/sbin',
    '/usr/sbin',
    '/usr/local/bin',
    '/usr/bin',
    '/opt/homebrew/bin',
    ...versionedFolders('/opt/homebrew/opt', 'postgresql@', 'bin'),
    ...versionedFolders('/usr/local/opt', 'postgresql@', 'bin'),
  ];
}

function sibling(program: string, name: string): string | undefined {
  const real = existsSync(program) ? realpathSync(program) : program;
  return [dirname(program), dirname(real)].map((folder) => join(folder, name)).find(isProgram);
}

/** `/usr/lib/postgresql/16/bin` before `/usr/lib/postgresql/15/bin`. */
function versionedFolders(parent: string, prefix: string, inner: string): string[] {
  try {
    return readdirSync(parent)
      .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
      .sort((a, b) => Number(b.slice(prefix.length)) - Number(a.slice(prefix.length)))
      .map((name) => join(parent, name, inner));
  } catch {
    return [];
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
