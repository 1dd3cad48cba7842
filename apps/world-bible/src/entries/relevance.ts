import { byName, type IndexedEntry } from '../bible/bible-entry';
import { placeOfKey, searchableText } from '../names/name-key';

/** Entries that bear on texts: those the texts mention, nearest first, and those related to them, by name. */
export interface Relevant {
  mentioned: IndexedEntry[];
  related: IndexedEntry[];
}

/**
 * Finds what texts (names, or whole sentences) mention by name or alias, and one hop of relations from there, either
 * way. Depends on the entries and texts alone, not on the order of the entries.
 */
export function findRelevant(entries: readonly IndexedEntry[], texts: readonly string[]): Relevant {
  const searchable = texts.map(searchableText).join('\n');
  const places = new Map<IndexedEntry, number>();
  for (const entry of entries) {
    const place = firstMention(entry, searchable);
    if (place !== -1) places.set(entry, place);
  }
  const mentioned = [...places.keys()].sort((a, b) => places.get(a)! - places.get(b)! || byName(a, b));
  const keys = new Set(mentioned.flatMap((entry) => entry.keys));
  const wanted = new Set(mentioned.flatMap((entry) => entry.related));
  const related = entries
    .filter((entry) => !places.has(entry))
    .filter((entry) => entry.keys.some((key) => wanted.has(key)) || entry.related.some((key) => keys.has(key)))
    .sort(byName);
  return { mentioned, related };
}

function firstMention(entry: IndexedEntry, searchable: string): number {
  let first = -1;
  for (const key of entry.keys) {
    const place = placeOfKey(key, searchable);
    if (place !== -1 && (first === -1 || place < first)) first = place;
  }
  return first;
}
