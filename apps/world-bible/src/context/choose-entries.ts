import type { ContextSource } from '@fiction/contracts';
import { byName, type IndexedEntry } from '../bible/bible-entry';
import type { Recency } from '../deltas/past-deltas.repository';
import { findRelevant } from '../entries/relevance';

export interface Choice {
  entry: IndexedEntry;
  why: ContextSource['why'];
}

/**
 * What a scene may be told of, most needed first: what its design mentions; what is related to that, the lately met before
 * the rest; the lore that was asked for although nothing mentions it; what else was met lately, the latest first.
 */
export function chooseEntries(
  entries: readonly IndexedEntry[],
  texts: readonly string[],
  lore: readonly IndexedEntry[],
  recency: Recency,
): Choice[] {
  const { mentioned, related } = findRelevant(entries, texts);
  const found = new Set([...mentioned, ...related]);
  const loreIds = new Set(lore.map((entry) => entry.id));
  const unmentioned = entries.filter((entry) => loreIds.has(entry.id) && !found.has(entry)).sort(byName);
  for (const entry of unmentioned) found.add(entry);
  const recent = entries.filter((entry) => !found.has(entry) && backOf(entry, recency) < Infinity);
  const lately = (a: IndexedEntry, b: IndexedEntry): number => {
    const [x, y] = [backOf(a, recency), backOf(b, recency)];
    return x === y ? byName(a, b) : x - y;
  };
  const because = (why: Choice['why']) => (entry: IndexedEntry) => ({ entry, why });
  return [
    ...mentioned.map(because('mentioned')),
    ...related.sort(lately).map(because('related')),
    ...unmentioned.map(because('lore')),
    ...recent.sort(lately).map(because('recent')),
  ];
}

/** How many scenes ago the entry was named or changed; Infinity if that was not lately. */
function backOf(entry: IndexedEntry, { ids, keys }: Recency): number {
  return Math.min(ids.get(entry.id) ?? Infinity, ...entry.keys.map((key) => keys.get(key) ?? Infinity));
}
