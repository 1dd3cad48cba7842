import type { WorldChangeKind } from '@fiction/contracts';
import type { IndexedEntry } from '../bible/bible-entry';
import type { Place } from '../bible/story-time';

/** One change that a scene has made, as it is kept. */
export interface Delta extends Place {
  kind: WorldChangeKind;
  entry_key: string;
  statement: string;
  /** The other entry of a relation. */
  target: string;
  position: number;
  scene_id: string;
}

/** The order of the story; within a scene that of the reflection. */
export function byStory(a: Delta, b: Delta): number {
  return a.chapter - b.chapter || a.scene - b.scene || a.position - b.position;
}

/** The entries that have `key` as their name; failing that, those that have it as an alias. */
export function ownersOf<T extends Pick<IndexedEntry, 'keys'>>(entries: readonly T[], key: string): T[] {
  const named = entries.filter((entry) => entry.keys[0] === key);
  return named.length > 0 ? named : entries.filter((entry) => entry.keys.includes(key));
}

/** The changes of each entry, in the order of the story. */
export function changesByOwner<T extends Pick<IndexedEntry, 'keys'>>(
  entries: readonly T[],
  deltas: readonly Delta[],
): Map<T, Delta[]> {
  const assigned = new Map<T, Delta[]>();
  for (const key of new Set(deltas.map((delta) => delta.entry_key))) {
    const theirs = deltas.filter((delta) => delta.entry_key === key);
    for (const owner of ownersOf(entries, key)) assigned.set(owner, [...(assigned.get(owner) ?? []), ...theirs]);
  }
  for (const changes of assigned.values()) changes.sort(byStory);
  return assigned;
}
