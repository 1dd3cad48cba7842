import type { WorldFact } from '@fiction/contracts';
import { indexEntry, type IndexedEntry } from '../bible/bible-entry';
import { droppedAlias, droppedFact, droppedRelation, factIdOf } from '../telling/fact-id';
import { comparePoints, storyPoint } from '../bible/story-time';
import { changesByOwner, type Delta } from './delta';

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

/** The entries with the names and relations that scenes have given them; the same ones when no change is told. */
export function withNames(entries: readonly IndexedEntry[], named: readonly Delta[]): readonly IndexedEntry[] {
  if (named.length === 0) return entries;
  const changes = changesByOwner(entries, named);
  return entries.map((entry) => tellNames(entry, changes.get(entry) ?? []));
}

/**
 * An entry with the names and relations that scenes have given it; the same object when no change is told.
 * @param changes of this entry, in the order of the story
 */
export function tellNames(entry: IndexedEntry, changes: readonly Delta[]): IndexedEntry {
  if (changes.length === 0) return entry;
  const dropped = new Set(entry.dropped);
  const aliases = new Map(entry.aliases.map((alias) => [droppedAlias(alias), alias]));
  const relations = new Map(entry.relations.map((relation) => [droppedRelation(relation), relation]));
  for (const { kind, statement, target } of changes) {
    const relation = { to: target, kind: statement };
    if (kind === 'alias-added') {
      const key = droppedAlias(statement);
      if (key !== droppedAlias(entry.name) && !aliases.has(key) && !dropped.has(key)) aliases.set(key, statement);
    } else if (kind === 'relation-begins' && target !== '') {
      const key = droppedRelation(relation);
      if (!relations.has(key) && !dropped.has(key)) relations.set(key, relation);
    } else if (kind === 'relation-ends') {
      relations.delete(droppedRelation(relation));
    }
  }
  return indexEntry({ ...entry, aliases: [...aliases.values()], relations: [...relations.values()] });
}
