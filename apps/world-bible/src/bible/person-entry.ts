import { nameKey } from '../names/name-key';
import type { IndexedEntry } from './bible-entry';

/** The entry of a person by name, failing that by alias. */
export function personEntry(entries: readonly IndexedEntry[], name: string): IndexedEntry | undefined {
  const key = nameKey(name);
  const people = entries.filter((entry) => entry.type === 'character' && entry.keys.includes(key));
  return people.find((entry) => entry.keys[0] === key) ?? people[0];
}
