import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Absolute paths of the server programs. */
export interface Binaries {
  postgres: string;
  initdb: string;
  redisServer: string;
  natsServer: string;
  /** For tests alone: whoever runs the system brings a Prometheus, or does without. */
  prometheus: string;
}

/** The programs of {@link Binaries}, by the name of their file. */
export const PROGRAM_NAMES = {
  postgres: 'postgres',
  initdb: 'initdb',
  redisServer: 'redis-server',
  natsServer: 'nats-server',
  prometheus: 'prometheus',
} as const satisfies Record<keyof Binaries, string>;

/** What the system stands on. */
export const SERVERS = ['postgres', 'initdb', 'redisServer', 'natsServer'] as const satisfies (keyof Binaries)[];

/** Finds a program by the name of its file; `undefined` when it is nowhere on this machine. */
export type Lookup = (program: string) => string | undefined;

/** Looks for every program. postgres and initdb are taken from the same folder, so that their versions agree. */
export function findBinaries(lookup: Lookup): { found: Partial<Binaries> } {
  const found: Partial<Binaries> = {};
  for (const key of ['postgres', 'redisServer', 'natsServer', 'prometheus'] as const)
    found[key] = lookup(PROGRAM_NAMES[key]);
  found.initdb = found.postgres && (sibling(found.postgres, 'initdb') ?? lookup('initdb'));
  return { found };
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
