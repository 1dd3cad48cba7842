import type { StoryPoint } from '@fiction/contracts';
import { byCodeUnits, nameKey } from '../names/name-key';
import { byName, indexEntry, type IndexedEntry } from './bible-entry';
import { EntryLocks } from '../telling/entry-locks';
import { holdsAt } from './story-time';
import { contentOf, toldOn } from '../telling/tell-entry';

export interface Persona {
  name: string;
  baseline: string;
}

export interface BibleParts {
  entries: IndexedEntry[];
  author: Persona;
  personas: Persona[];
  premiseNames: string[];
  locks?: EntryLocks;
}

/** What all scenes of a branch share: the entries of the world phase, the people, and the names of the premise. */
export class Bible {
  readonly entries: readonly IndexedEntry[];
  readonly author: Persona;
  private readonly personas: Map<string, Persona>;
  private readonly names: readonly string[];
  readonly locks: EntryLocks;

  constructor({ entries, author, personas, premiseNames, locks = new EntryLocks([]) }: BibleParts) {
    this.entries = [...entries].sort(byName);
    this.author = author;
    this.personas = new Map(personas.map((persona) => [nameKey(persona.name), persona]));
    const people = personas.map((persona) => persona.name);
    const named = this.entries.flatMap((entry) => [entry.name, ...entry.aliases]);
    this.names = [...new Set([...named, ...people, author.name, ...premiseNames])].sort(byCodeUnits);
    this.locks = locks;
  }

  /** The first persona that is known by one of the keys. */
  persona(keys: readonly string[]): Persona | undefined {
    for (const key of keys) {
      const persona = this.personas.get(key);
      if (persona !== undefined) return persona;
    }
    return undefined;
  }

  /** The entries that a reader of `lore` sees: what lore says of an entry of the bible is told on there. */
  with(lore: readonly IndexedEntry[]): readonly IndexedEntry[] {
    if (lore.length === 0) return this.entries;
    const seen = new Map(this.entries.map((entry) => [entry.id, entry]));
    for (const entry of [...lore].sort(byContent)) {
      const twin = seen.get(entry.id);
      // A person who wrote the entry anew had this lore in front of them.
      if (twin !== undefined && entry.version <= twin.editedAt) continue;
      seen.set(entry.id, twin === undefined ? entry : indexEntry(toldOn(twin, entry)));
    }
    return [...seen.values()].sort(byName);
  }

  /** Every name a text about this world may use, given the lore it may rely on. */
  knownNames(lore: readonly IndexedEntry[]): string[] {
    const known = new Set(this.names);
    for (const entry of [...lore].sort(byContent)) for (const name of [entry.name, ...entry.aliases]) known.add(name);
    return [...known];
  }

  /** The facts of `entries` nothing may contradict, as they hold at `point`. */
  lockedFacts(point: StoryPoint, entries: readonly IndexedEntry[]): { entry: string; statement: string }[] {
    return entries
      .filter((entry) => this.locks.touches(entry))
      .flatMap((entry) => this.locks.lockedFacts(entry).map((fact) => ({ entry: entry.name, fact })))
      .filter(({ fact }) => holdsAt(fact, point))
      .map(({ entry, fact }) => ({ entry, statement: fact.statement }));
  }
}

/** Two tellings of one entry are told together in an order that does not depend on which was filed first. */
function byContent(a: IndexedEntry, b: IndexedEntry): number {
  return byName(a, b) || byCodeUnits(contentOf(a), contentOf(b));
}
