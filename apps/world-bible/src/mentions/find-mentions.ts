import type { IndexedEntry } from '../bible/bible-entry';
import { ownersOf } from '../deltas/delta';
import { nameKey } from '../names/name-key';
import { foldedWords, isUnspaced, offsetOf, type FoldedWord } from './folded-words';

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
  const names = namesOf(entries);
  const words = foldedWords(prose);
  const found = new Map<string, EntryMentions>();
  for (const { key, offset } of [...spacedPlaces(words, names), ...unspacedPlaces(words, names)]) {
    for (const id of idsOf(entries, names, key)) {
      const mentions = found.get(id) ?? { entryId: id, count: 0, firstOffset: offset };
      mentions.count += 1;
      mentions.firstOffset = Math.min(mentions.firstOffset, offset);
      found.set(id, mentions);
    }
  }
  return [...found.values()].sort((a, b) => a.firstOffset - b.firstOffset || (a.entryId < b.entryId ? -1 : 1));
}

/** What is looked for: names of words by their first word, and names in scripts without spaces; each the longest first. */
interface Names {
  byFirstWord: ReadonlyMap<string, string[][]>;
  unspaced: readonly string[];
  /** Whom a name that was found names. */
  owners: Map<string, readonly string[]>;
}

/** The entries of a bible are the same for many scenes. */
const known = new WeakMap<readonly IndexedEntry[], Names>();

function namesOf(entries: readonly IndexedEntry[]): Names {
  const names = known.get(entries) ?? sortedNames(new Set(entries.flatMap((entry) => entry.keys)));
  known.set(entries, names);
  return names;
}

function idsOf(entries: readonly IndexedEntry[], { owners }: Names, key: string): readonly string[] {
  let ids = owners.get(key);
  if (ids === undefined) {
    ids = ownersOf(entries, key).map(({ id }) => id);
    owners.set(key, ids);
  }
  return ids;
}

function sortedNames(keys: ReadonlySet<string>): Names {
  const byFirstWord = new Map<string, string[][]>();
  for (const key of keys) {
    // A single letter would be found everywhere.
    if (isUnspaced(key) || key.length < 2) continue;
    const parts = key.split(' ');
    byFirstWord.set(parts[0]!, [...(byFirstWord.get(parts[0]!) ?? []), parts]);
  }
  for (const candidates of byFirstWord.values()) candidates.sort((a, b) => b.length - a.length);
  const unspaced = [...keys].filter((key) => isUnspaced(key) && nameKey(key) === key);
  unspaced.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return { byFirstWord, unspaced, owners: new Map() };
}

function spacedPlaces(words: readonly FoldedWord[], { byFirstWord }: Names): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < words.length;) {
    const candidates = byFirstWord.get(words[at]!.text);
    const parts = candidates?.find((candidate) => candidate.every((part, index) => words[at + index]?.text === part));
    if (parts !== undefined) places.push({ key: parts.join(' '), offset: offsetOf(words[at]!, 0) });
    at += parts?.length ?? 1;
  }
  return places;
}

/** In scripts that put no space between words a name stands anywhere in a run of letters. */
function unspacedPlaces(words: readonly FoldedWord[], { unspaced }: Names): Place[] {
  if (unspaced.length === 0) return [];
  const places: Place[] = [];
  for (const word of words) {
    const { text } = word;
    for (let at = 0; at < text.length;) {
      const key = unspaced.find((candidate) => text.startsWith(candidate, at));
      if (key !== undefined) places.push({ key, offset: offsetOf(word, at) });
      at += key?.length ?? 1;
    }
  }
  return places;
}
