import type { IndexedEntry } from '../bible/bible-entry';
import { ownersOf } from '../deltas/delta';
import { nameKey } from '../names/name-key';
import { foldedWords, isUnspaced, type FoldedWord } from './folded-words';

export interface EntryMentions {
  entryId: string;
  count: number;
  /** In UTF-16 code units of the prose. */
  firstOffset: number;
}

interface Place {
  key: string;
  offset: number;
}

/**
 * Which entries a prose names, by name or alias, as whole words and in whatever case. Where names overlap the longest
 * counts and no other: "Ada Quill's Folly" is no mention of Ada Quill. A name that is an alias of several is a mention of
 * each, unless one of them bears it as its name.
 */
export function findMentions(prose: string, entries: readonly IndexedEntry[]): EntryMentions[] {
  const keys = new Set(entries.flatMap((entry) => entry.keys));
  const words = foldedWords(prose);
  const found = new Map<string, EntryMentions>();
  for (const { key, offset } of [...spacedPlaces(words, keys), ...unspacedPlaces(words, keys)]) {
    for (const { id } of ownersOf(entries, key)) {
      const mentions = found.get(id) ?? { entryId: id, count: 0, firstOffset: offset };
      mentions.count += 1;
      mentions.firstOffset = Math.min(mentions.firstOffset, offset);
      found.set(id, mentions);
    }
  }
  return [...found.values()].sort((a, b) => a.firstOffset - b.firstOffset || (a.entryId < b.entryId ? -1 : 1));
}

function spacedPlaces(words: readonly FoldedWord[], keys: ReadonlySet<string>): Place[] {
  const byFirstWord = new Map<string, string[][]>();
  for (const key of keys) {
    // A single letter would be found everywhere.
    if (isUnspaced(key) || key.length < 2) continue;
    const parts = key.split(' ');
    byFirstWord.set(parts[0]!, [...(byFirstWord.get(parts[0]!) ?? []), parts]);
  }
  for (const candidates of byFirstWord.values()) candidates.sort((a, b) => b.length - a.length);
  const places: Place[] = [];
  for (let at = 0; at < words.length;) {
    const parts = byFirstWord
      .get(words[at]!.text)
      ?.find((candidate) => candidate.every((part, index) => words[at + index]?.text === part));
    if (parts !== undefined) places.push({ key: parts.join(' '), offset: words[at]!.offsets[0]! });
    at += parts?.length ?? 1;
  }
  return places;
}

/** In scripts that put no space between words a name stands anywhere in a run of letters. */
function unspacedPlaces(words: readonly FoldedWord[], keys: ReadonlySet<string>): Place[] {
  const candidates = [...keys].filter((key) => isUnspaced(key) && nameKey(key) === key);
  candidates.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (candidates.length === 0) return [];
  const places: Place[] = [];
  for (const { text, offsets } of words) {
    for (let at = 0; at < text.length;) {
      const key = candidates.find((candidate) => text.startsWith(candidate, at));
      if (key !== undefined) places.push({ key, offset: offsets[at]! });
      at += key?.length ?? 1;
    }
  }
  return places;
}
