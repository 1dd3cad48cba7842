import { sharedOrOwn, type Lineage } from '@fiction/runtime';
import type { UnitOfWork } from '@fiction/platform';
import { indexEntry, type IndexedEntry } from '../bible/bible-entry';
import { EntryLocks, type LockRow } from './entry-locks';
import { versionVisibleTo } from '../bible/entry-versions';
import { tellWhole, type StoredVersion } from './tell-entry';

/** Where to read from: the database, or a transaction that sees its own writes. */
export type Queries = Pick<UnitOfWork, 'query'>;

export interface VersionRow extends StoredVersion {
  branch: string;
  source_ref: string;
  /** The person who has written lore in place of a model. */
  written_by: string | null;
  created_at: Date;
}

/** Where people see a version come from. */
export function shownSource({ source, written_by }: Pick<VersionRow, 'source' | 'written_by'>): VersionRow['source'] {
  return written_by === null ? source : 'person';
}

/** An entry as people see it: all that was filed on the branch, whoever may see it in a prompt. */
export interface WholeEntry {
  entry: IndexedEntry;
  /** Oldest first. */
  versions: VersionRow[];
}

const VERSIONS = `
  SELECT v.entry_id, v.version, v.branch, v.source, v.source_ref, v.written_by, v.created_at, e.type, v.name, v.aliases, v.summary,
    v.facts, v.relations, v.locked, v.dropped
  FROM entry_versions v JOIN entries e ON e.id = v.entry_id
  WHERE v.entry_id = ANY($1::text[]) AND v.branch = ANY($2::text[]) AND ${versionVisibleTo('($2::text[])[1]')}
  ORDER BY v.version, v.created_at`;
const LOCKS = `
  SELECT DISTINCT ON (e.entry_id, e.fact_id) e.entry_id, e.fact_id, e.fact, e.action FROM entry_edits e
  WHERE e.plan_id = $1 AND e.branch = ANY($2::text[]) AND e.action IN ('lock', 'unlock')
    AND ${sharedOrOwn('e', '($2::text[])[1]', 'e.ref')}
  ORDER BY e.entry_id, e.fact_id, e.position DESC`;

/** The entries that the branch has under these ids, in the order of the ids. */
export async function readWholeEntries(from: Queries, lineage: Lineage, ids: readonly string[]): Promise<WholeEntry[]> {
  if (ids.length === 0) return [];
  const rows = await from.query<VersionRow>(VERSIONS, [ids, lineage]);
  return ids.flatMap((id) => {
    const versions = rows.filter((row) => row.entry_id === id);
    if (versions.length === 0) return [];
    const entry = indexEntry({ ...tellWhole(versions), version: versions.at(-1)!.version });
    return [{ entry, versions }];
  });
}

/** What the branch has locked. */
export async function readLocks(from: Queries, planId: string, lineage: Lineage): Promise<EntryLocks> {
  return new EntryLocks(await from.query<LockRow>(LOCKS, [planId, lineage]));
}
