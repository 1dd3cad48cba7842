import type { WorldFact } from '@fiction/contracts';
import type { BibleEntry, Provenance } from '../bible/bible-entry';
import { droppedFact, factIdOf } from './fact-id';

/** What people have locked or unlocked last: a whole entry (`fact_id` is null) or one of its facts. */
export interface LockRow {
  entry_id: string;
  fact_id: string | null;
  fact: WorldFact | null;
  action: 'lock' | 'unlock';
}

type Lockable = BibleEntry & Pick<Provenance, 'id' | 'dropped'>;

/** What may not be ended or denied. The rules of a world are locked until a person unlocks them. */
export class EntryLocks {
  private readonly entries = new Map<string, boolean>();
  private readonly facts = new Map<string, Map<string, LockRow>>();
  /** Neither locks nor entries ever change, and all scenes are told of the same ones. */
  private readonly told = new WeakMap<Lockable, WorldFact[]>();

  constructor(rows: readonly LockRow[]) {
    for (const row of rows) {
      if (row.fact_id === null) this.entries.set(row.entry_id, row.action === 'lock');
      else this.facts.set(row.entry_id, (this.facts.get(row.entry_id) ?? new Map()).set(row.fact_id, row));
    }
  }

  isEntryLocked(entry: Lockable): boolean {
    return this.entries.get(entry.id) ?? (entry.locked || entry.type === 'rule');
  }

  /** A fact's own lock goes before its entry's. */
  isFactLocked(entry: Lockable, factId: string): boolean {
    const row = this.facts.get(entry.id)?.get(factId);
    return row === undefined ? this.isEntryLocked(entry) : row.action === 'lock';
  }

  /** Whether anything of the entry is locked. */
  touches(entry: Lockable): boolean {
    return this.isEntryLocked(entry) || [...(this.facts.get(entry.id)?.values() ?? [])].some(isLock);
  }

  /** The entry's own facts that are locked, and what scenes have added to it and people have locked since. */
  lockedFacts(entry: Lockable): readonly WorldFact[] {
    const facts = this.told.get(entry) ?? this.factsLockedIn(entry);
    this.told.set(entry, facts);
    return facts;
  }

  private factsLockedIn(entry: Lockable): WorldFact[] {
    const own = entry.facts.filter((fact) => this.isFactLocked(entry, factIdOf(fact.statement)));
    const known = new Set(own.map((fact) => factIdOf(fact.statement)));
    const pinned = [...(this.facts.get(entry.id)?.values() ?? [])]
      .filter((row) => isLock(row) && !known.has(row.fact_id!))
      .map((row) => row.fact!)
      .filter((fact) => !entry.dropped.includes(droppedFact(fact.statement, fact.from)));
    return [...own, ...pinned];
  }
}

const isLock = (row: LockRow): boolean => row.action === 'lock';
