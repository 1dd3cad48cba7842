import type { editEntry, RequestOf, WorldEntryView } from '@fiction/contracts';
import type { BibleEntry, IndexedEntry } from '../bible/bible-entry';
import { droppedAlias, droppedFact, droppedRelation, factIdOf } from '../telling/fact-id';
import { nameKey } from '../names/name-key';
import { FactNotFoundError, NotOfEntryError } from './edit.errors';

export type EntryChanges = Pick<RequestOf<typeof editEntry>, 'summary' | 'aliases' | 'facts' | 'relations'>;

/**
 * The entry as a person leaves it. What they take away is remembered, since scenes may have added it, and stays away until
 * they add it again.
 * @param shown the entry as the person sees it, with what scenes have added
 * @throws FactNotFoundError when a fact to be dropped is not shown
 * @throws NotOfEntryError when an alias or a relation to be dropped is not shown
 */
export function editedEntry(
  entry: IndexedEntry,
  shown: WorldEntryView,
  changes: EntryChanges,
): { entry: BibleEntry; dropped: string[] } {
  const { aliases, facts, relations } = changes;
  const droppedIds = new Set(facts?.drop ?? []);
  for (const id of droppedIds) if (!shown.facts.some((fact) => fact.id === id)) throw new FactNotFoundError(id);
  const strangers = [
    ...absent('aliases', aliases?.drop ?? [], shown.aliases, droppedAlias),
    ...absent('relations', relations?.drop ?? [], shown.relations, droppedRelation),
  ];
  if (strangers.length > 0) throw new NotOfEntryError(strangers);
  const droppedNow = [
    ...(aliases?.drop ?? []).map(droppedAlias),
    ...(relations?.drop ?? []).map(droppedRelation),
    ...shown.facts.filter((fact) => droppedIds.has(fact.id)).map((fact) => droppedFact(fact.statement, fact.from)),
  ];
  const added = new Set([
    ...(aliases?.add ?? []).map(droppedAlias),
    ...(relations?.add ?? []).map(droppedRelation),
    ...(facts?.add ?? []).map((fact) => droppedFact(fact.statement, fact.from)),
  ]);
  const gone = new Set(droppedNow);
  return {
    entry: {
      name: entry.name,
      type: entry.type,
      locked: entry.locked,
      summary: changes.summary ?? entry.summary,
      aliases: once(
        [
          ...entry.aliases.filter((alias) => !gone.has(droppedAlias(alias))),
          ...(aliases?.add ?? []).filter((alias) => nameKey(alias) !== entry.keys[0]),
        ],
        nameKey,
      ),
      facts: once(
        [...entry.facts.filter((fact) => !droppedIds.has(factIdOf(fact.statement))), ...(facts?.add ?? [])],
        (fact) => droppedFact(fact.statement, fact.from),
      ),
      relations: once(
        [...entry.relations.filter((one) => !gone.has(droppedRelation(one))), ...(relations?.add ?? [])],
        droppedRelation,
      ),
    },
    dropped: [...new Set([...entry.dropped, ...droppedNow])].filter((one) => !added.has(one)),
  };
}

function once<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}

/** The fields of an edit that take away what is not there. */
function absent<T>(list: string, dropped: readonly T[], shown: readonly T[], keyOf: (item: T) => string): string[] {
  const keys = new Set(shown.map(keyOf));
  return dropped.flatMap((one, n) => (keys.has(keyOf(one)) ? [] : [`${list}.drop.${n}`]));
}
