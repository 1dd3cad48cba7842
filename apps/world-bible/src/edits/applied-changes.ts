import type { WorldEntryView } from '@fiction/contracts';
import type { Delta } from '../deltas/delta';
import { tellFacts } from '../deltas/tell-deltas';
import { droppedFact, droppedRelation, factIdOf } from '../telling/fact-id';
import type { EntryChanges } from './edited-entry';

/**
 * What a person would have to edit for these changes of scenes to hold; nothing when they change nothing.
 * @param changes that were refused and are against no lock any more, in the order of the story
 */
export function appliedChanges(
  shown: Pick<WorldEntryView, 'facts' | 'relations'>,
  changes: readonly Delta[],
): EntryChanges | undefined {
  const before = shown.facts.map(({ statement, from, until }) => ({ statement, from, until }));
  const after = tellFacts({ facts: before, dropped: [] }, changes);
  const had = new Set(before.map(asText));
  const changed = new Set(after.filter((fact) => !had.has(asText(fact))).map(({ statement }) => factIdOf(statement)));
  const ended = new Set(
    changes
      .filter(({ kind }) => kind === 'relation-ends')
      .map(({ statement, target }) => droppedRelation({ to: target, kind: statement })),
  );
  const relations = shown.relations.filter((relation) => ended.has(droppedRelation(relation)));
  if (changed.size === 0 && relations.length === 0) return undefined;
  // Of a statement that changes all its times are given anew: a fact is taken away by what it says.
  return {
    facts: {
      drop: [...changed].filter((id) => shown.facts.some((fact) => fact.id === id)),
      add: after
        .filter(({ statement }) => changed.has(factIdOf(statement)))
        .map(({ statement, from, until }) => ({ statement, from, until })),
    },
    relations: { add: [], drop: relations },
  };
}

const asText = (fact: { statement: string; from: string; until: string | null }): string =>
  `${droppedFact(fact.statement, fact.from)} ${fact.until ?? ''}`;
