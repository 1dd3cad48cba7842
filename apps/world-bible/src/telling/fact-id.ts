import type { StoryPoint } from '@fiction/contracts';
import { createHash } from 'node:crypto';
import { nameKey } from '../names/name-key';

/** What a statement is known by, in whatever case and punctuation it is said. */
export function factIdOf(statement: string): string {
  return `fact-${createHash('sha256').update(nameKey(statement)).digest('hex').slice(0, 16)}`;
}

/*
 * A person's edit says what it takes away, so that what scenes have added stays away as well: a fact by its id and the point
 * at which it begins, a relation or an alias by what it says.
 */
export const droppedFact = (statement: string, from: StoryPoint): string => `${factIdOf(statement)}@${from}`;
export const droppedRelation = ({ to, kind }: { to: string; kind: string }): string =>
  `relation:${nameKey(to)}|${nameKey(kind)}`;
export const droppedAlias = (alias: string): string => `alias:${nameKey(alias)}`;
