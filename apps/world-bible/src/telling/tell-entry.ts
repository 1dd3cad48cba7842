import type { EntrySource } from '@fiction/contracts';
import { byCodeUnits } from '../names/name-key';
import { mergeEntries, type BibleEntry, type Provenance } from '../bible/bible-entry';

/** A version as it is kept. */
export interface StoredVersion extends BibleEntry {
  entry_id: string;
  version: number;
  source: EntrySource;
  dropped: string[];
}

export type ToldEntry = BibleEntry & Provenance;

/**
 * The entry itself, without lore: what a person has written last, and what a world pass has told since; while no person has
 * written, the newest of the world, failing that what the brief says. Undefined when there is only lore.
 */
export function tellOwn(versions: readonly StoredVersion[]): ToldEntry | undefined {
  const person = newest(versions, 'person');
  const world = newest(versions, 'world') ?? newest(versions, 'brief');
  if (person === undefined) return world && told(world, 0);
  const own = told(person, person.version);
  return world === undefined || world.version < person.version ? own : toldOn(own, told(world, 0));
}

/** The entry with all lore that a person has not written anew. `versions` are of one entry, and at least one. */
export function tellWhole(versions: readonly StoredVersion[]): ToldEntry {
  const own = tellOwn(versions);
  const lore = versions
    .filter((version) => version.source === 'lore' && version.version > (own?.editedAt ?? 0))
    .map((version) => told(version, 0))
    .sort((a, b) => byCodeUnits(contentOf(a), contentOf(b)));
  const [first, ...others] = own === undefined ? lore : [own, ...lore];
  return others.reduce(toldOn, first!);
}

/** `later` told on `earlier`. */
export function toldOn<T extends ToldEntry>(earlier: T, later: ToldEntry): T {
  return { ...mergeEntries(earlier, later), version: Math.max(earlier.version, later.version) };
}

/** What an entry says, to be compared. */
export function contentOf({ name, aliases, summary, facts, relations }: BibleEntry): string {
  return JSON.stringify([name, aliases, summary, facts, relations]);
}

function newest(versions: readonly StoredVersion[], source: EntrySource): StoredVersion | undefined {
  return versions
    .filter((version) => version.source === source)
    .reduce<StoredVersion | undefined>((a, b) => (a !== undefined && a.version > b.version ? a : b), undefined);
}

function told(version: StoredVersion, editedAt: number): ToldEntry {
  const { name, type, aliases, summary, facts, relations, locked, dropped } = version;
  return {
    ...{ name, type, aliases, summary, facts, relations, locked, dropped },
    ...{ id: version.entry_id, version: version.version, editedAt },
  };
}
