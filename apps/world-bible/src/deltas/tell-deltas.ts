import type { WorldFact } from '@fiction/contracts';
import { indexEntry, type IndexedEntry } from '../bible/bible-entry';
import { droppedAlias, droppedFact, droppedRelation, factIdOf } from '../telling/fact-id';
import { comparePoints, storyPoint } from '../bible/story-time';
import { nameKey } from '../names/name-key';
import type { Delta } from './delta';

/** A fact as scenes have left it. */
export interface ToldFact extends WorldFact {
  /** The scene that made it true; null for what the entry says itself. */
  sceneId: string | null;
}

/**
 * The facts of an entry with what scenes have begun and ended. A statement that holds is not begun again; an end ends what
 * holds then, whoever said it; what has ended may begin again, as another fact.
 * @param changes of this entry, in the order of the story
 */
export function tellFacts(
  { facts, dropped }: Pick<IndexedEntry, 'facts' | 'dropped'>,
  changes: readonly Delta[],
): ToldFact[] {
  const told = facts.map((fact): ToldFact => ({ ...fact, sceneId: null }));
  for (const change of changes) {
    const point = storyPoint(change);
    const id = factIdOf(change.statement);
    const standing = told.filter(
      (fact) => factIdOf(fact.statement) === id && (fact.until === null || comparePoints(point, fact.until) < 0),
    );
    if (change.kind === 'fact-ends') {
      for (const fact of standing) if (comparePoints(fact.from, point) <= 0) fact.until = point;
    } else if (change.kind === 'fact-begins') {
      if (standing.length > 0 || dropped.includes(droppedFact(change.statement, point))) continue;
      told.push({ statement: change.statement, from: point, until: null, sceneId: change.scene_id });
    }
  }
  return told;
}

/**
 * An entry with the names and relations that scenes have given it; the same object when they have given none.
 * @param changes of this entry, in the order of the story
 */
export function tellNames(entry: IndexedEntry, changes: readonly Delta[]): IndexedEntry {
  let { aliases, relations } = entry;
  for (const { kind, statement, target } of changes) {
    const relation = { to: target, kind: statement };
    const isSame = (other: typeof relation): boolean => droppedRelation(other) === droppedRelation(relation);
    if (kind === 'alias-added') {
      const known = [entry.name, ...aliases].some((name) => nameKey(name) === nameKey(statement));
      if (!known && !entry.dropped.includes(droppedAlias(statement))) aliases = [...aliases, statement];
    } else if (kind === 'relation-begins' && target !== '') {
      if (!relations.some(isSame) && !entry.dropped.includes(droppedRelation(relation)))
        relations = [...relations, relation];
    } else if (kind === 'relation-ends') {
      if (relations.some(isSame)) relations = relations.filter((other) => !isSame(other));
    }
  }
  return aliases === entry.aliases && relations === entry.relations
    ? entry
    : indexEntry({ ...entry, aliases, relations });
}
