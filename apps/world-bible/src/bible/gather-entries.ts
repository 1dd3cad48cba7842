import type { WorldEntryDraft, WorldEntryType } from '@fiction/contracts';
import { nameKey, nameKeys } from '../names/name-key';
import { mergeEntries, type BibleEntry } from './bible-entry';

/**
 * Adds what a domain has written to the entries so far. What is there already under the same name, whatever its type,
 * or under an alias in the same type, is told on instead of told again. The order is the order of telling.
 */
export function gatherEntries(
  soFar: readonly BibleEntry[],
  type: WorldEntryType,
  drafts: readonly WorldEntryDraft[],
): BibleEntry[] {
  const entries = [...soFar];
  for (const draft of drafts) {
    const entry: BibleEntry = { ...draft, type, aliases: withoutItself(draft), locked: false };
    const twin = entries.findIndex((other) => isSame(other, entry));
    if (twin === -1) entries.push(entry);
    else entries[twin] = mergeEntries(entries[twin]!, entry);
  }
  return entries;
}

function isSame(one: BibleEntry, other: BibleEntry): boolean {
  if (nameKey(one.name) === nameKey(other.name)) return true;
  if (one.type !== other.type) return false;
  // Two entries may share an alias ("the captain"); one whose alias is the other's name are the same.
  return (
    nameKeys(one.name, one.aliases).includes(nameKey(other.name)) ||
    nameKeys(other.name, other.aliases).includes(nameKey(one.name))
  );
}

function withoutItself({ name, aliases }: WorldEntryDraft): string[] {
  const seen = new Set([name]);
  return aliases.filter((alias) => !seen.has(alias) && seen.add(alias));
}
