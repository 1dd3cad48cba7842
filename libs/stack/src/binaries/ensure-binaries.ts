import { type Binaries, findBinaries, type Lookup, machineLookup, PROGRAM_NAMES, SERVERS } from './binaries';
import { type Installer, installWithPackageManager } from './install-packages';
import { MissingBinariesError } from './missing-binaries.error';

/** What {@link ensureBinaries} needs; the lookup and the installer can be replaced. */
export interface EnsureBinariesOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** Where the package manager's output goes. */
  logFile: string;
  /** Told, in one line, that something is about to be installed. */
  log: (line: string) => void;
  /** Only these are needed; by default what the system stands on. */
  needed?: readonly (keyof Binaries)[];
  lookup?: Lookup;
  install?: Installer;
}

/**
 * The server programs: those on the machine, else installed with its package manager.
 * @throws {MissingBinariesError} when they are neither here nor installable
 */
export async function ensureBinaries(options: EnsureBinariesOptions): Promise<Binaries> {
  const lookup = options.lookup ?? machineLookup(options.env.PATH ?? '');
  const missing = missingOf(lookup, options.needed);
  if (missing.length > 0) {
    const install = options.install ?? installWithPackageManager;
    const outcome = await install(missing, options);
    const still = missingOf(lookup, options.needed);
    if (still.length > 0) throw new MissingBinariesError(still, outcome.why ?? 'the packages do not contain it');
  }
  return findBinaries(lookup).found as Binaries;
}

function missingOf(lookup: Lookup, needed: readonly (keyof Binaries)[] = SERVERS): string[] {
  const { found } = findBinaries(lookup);
  return needed.filter((key) => !found[key]).map((key) => PROGRAM_NAMES[key]);
}
