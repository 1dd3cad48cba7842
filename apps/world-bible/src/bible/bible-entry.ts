import type { WorldContextEntry, WorldEntryDraft, WorldEntryType, WorldFact } from '@fiction/contracts';
import { byCodeUnits, nameKey, nameKeys } from '../names/name-key';

/** An entry of the bible as one reader may see it: one version, or several told together. */
export interface BibleEntry extends WorldEntryDraft {
  type: WorldEntryType;
  locked: boolean;
}

/** Where an entry as it is told comes from. */
export interface Provenance {
  id: string;
  /** The newest version that is told. */
  version: number;
  /** Versions of lore up to this one are part of what a person has written; 0: no person has. */
  editedAt: number;
  /** What a person has taken away, as `telling/fact-id` says it: what scenes add of it is not told. */
  dropped: string[];
}

/** An entry with what is looked for again and again. */
export interface IndexedEntry extends BibleEntry, Provenance {
  /** What it is known by; its name first. */
  keys: string[];
  /** The keys its relations point to. */
  related: string[];
}

/** Longest summary that two told together may have, in characters. */
const MAX_SUMMARY = 8000;

export function indexEntry(entry: BibleEntry & Partial<Provenance>): IndexedEntry {
  const keys = nameKeys(entry.name, entry.aliases);
  return {
    id: `${entry.type}\n${keys[0]}`,
    version: 0,
    editedAt: 0,
    dropped: [],
    ...entry,
    keys,
    related: [...new Set(entry.relations.map((relation) => nameKey(relation.to)))],
  };
}

/** The order of entries wherever nothing else decides: by name, then type. No two entries of a bible share both. */
export function byName(a: IndexedEntry, b: IndexedEntry): number {
  return byCodeUnits(a.keys[0]!, b.keys[0]!) || byCodeUnits(a.type, b.type);
}

/** One entry told twice: what `later` adds comes after what `earlier` said. */
export function mergeEntries<T extends BibleEntry>(earlier: T, later: BibleEntry): T {
  const names = unique([...earlier.aliases, later.name, ...later.aliases], nameKey);
  return {
    ...earlier,
    aliases: names.filter((alias) => nameKey(alias) !== nameKey(earlier.name)),
    summary: joinSummaries(earlier.summary, later.summary),
    facts: unique([...earlier.facts, ...later.facts], (fact) => `${nameKey(fact.statement)} ${fact.from}`),
    relations: unique(
      [...earlier.relations, ...later.relations],
      (relation) => `${nameKey(relation.to)}\n${nameKey(relation.kind)}`,
    ),
    locked: earlier.locked || later.locked,
  };
}

/** The part of an entry that a prompt carries, with those of its facts that are given. */
export function asContext(entry: BibleEntry, facts: readonly WorldFact[] = entry.facts): WorldContextEntry {
  return {
    name: entry.name,
    type: entry.type,
    aliases: entry.aliases,
    summary: entry.summary,
    facts: facts.map(({ statement, from }) => ({ statement, from })),
  };
}

function joinSummaries(earlier: string, later: string): string {
  if (earlier.includes(later)) return earlier;
  const joined = later.includes(earlier) ? later : `${earlier} ${later}`;
  return joined.length <= MAX_SUMMARY ? joined : earlier;
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
