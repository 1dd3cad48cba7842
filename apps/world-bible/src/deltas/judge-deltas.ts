import type { WorldChange } from '@fiction/contracts';
import type { EntryLocks } from '../telling/entry-locks';
import type { IndexedEntry } from '../bible/bible-entry';
import { factIdOf } from '../telling/fact-id';
import { nameKey } from '../names/name-key';
import { ownersOf } from './delta';
import { denies } from './denies';
import type { Span } from './locate-quote';

/** What a change is against. */
export interface Refusal {
  entryId: string;
  factId: string;
  /** In words. */
  fact: string;
}

/** A change with its place in the prose and the judgement of it. */
export interface JudgedChange {
  change: WorldChange;
  /** Null when the prose is not known. */
  span: Span | null;
  refusal: Refusal | undefined;
}

/**
 * The locked fact that a change is against, if any: it would end it, or it says the opposite. Of a locked entry no relation
 * ends either. New facts, relations and names are no change of what is locked.
 */
export function refusalOf(
  change: Pick<WorldChange, 'kind' | 'entry' | 'statement' | 'to'>,
  entries: readonly IndexedEntry[],
  locks: EntryLocks,
): Refusal | undefined {
  const { kind, statement, to } = change;
  for (const entry of ownersOf(entries, nameKey(change.entry))) {
    const refused = (fact: string): Refusal => ({ entryId: entry.id, factId: factIdOf(fact), fact });
    if (kind === 'fact-ends' && locks.isFactLocked(entry, factIdOf(statement))) return refused(statement);
    if (kind === 'relation-ends' && locks.isEntryLocked(entry)) return refused(`${statement} ${to}`);
    if (kind === 'fact-begins') {
      const denied = locks.lockedFacts(entry).find((fact) => denies(fact.statement, statement));
      if (denied !== undefined) return refused(denied.statement);
    }
  }
  return undefined;
}
