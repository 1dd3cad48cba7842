import { BEFORE_THE_STORY, type StoryPoint } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { nameKey } from '../names/name-key';
import type { BibleEntry } from './bible-entry';

/** Where versions come from: the same source and reference are filed once. */
export interface VersionSource {
  planId: string;
  branch: string;
  source: 'world' | 'lore';
  /** The run and its revision, or the requirement. */
  sourceRef: string;
  /** Story time from which the version stands. */
  from?: StoryPoint;
}

export interface FiledVersion {
  entryId: string;
  version: number;
}

const INSERT_ENTRIES = `
  INSERT INTO entries (id, plan_id, branch, type, key)
  SELECT id, $1, $2, type, key FROM unnest($3::text[], $4::text[], $5::text[]) AS e (id, type, key) ORDER BY id
  ON CONFLICT DO NOTHING`;
const LOCK_ENTRIES = 'SELECT 1 FROM entries WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE';
const INSERT_VERSIONS = `
  INSERT INTO entry_versions
    (entry_id, version, plan_id, branch, source, source_ref, from_point, name, aliases, summary, facts, relations, locked)
  SELECT e.id, coalesce((SELECT max(version) FROM entry_versions v WHERE v.entry_id = e.id), 0) + 1,
    $1, $2, $3, $4, $5, e.name, e.aliases, e.summary, e.facts, e.relations, e.locked
  FROM unnest($6::text[], $7::text[], $8::jsonb[], $9::text[], $10::jsonb[], $11::jsonb[], $12::boolean[])
    AS e (id, name, aliases, summary, facts, relations, locked)
  ON CONFLICT DO NOTHING`;
const OF_REQUIREMENT = `
  SELECT entry_id AS "entryId", version FROM entry_versions
  WHERE plan_id = $1 AND branch = $2 AND source = 'lore' AND source_ref = $3`;

/** Adds versions of entries; none is ever changed. */
@Injectable()
export class EntryVersions {
  /** Files one version of each entry; what this source has filed before stays as it is. */
  async file(uow: UnitOfWork, source: VersionSource, entries: readonly BibleEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { planId, branch } = source;
    const keys = entries.map((entry) => nameKey(entry.name));
    const ids = entries.map((entry, index) => entryId(planId, branch, entry.type, keys[index]!));
    await uow.query(INSERT_ENTRIES, [planId, branch, ids, entries.map((entry) => entry.type), keys]);
    // Version numbers are counted under the entry's lock, so that no two are the same.
    await uow.query(LOCK_ENTRIES, [ids]);
    await uow.query(INSERT_VERSIONS, [
      planId,
      branch,
      source.source,
      source.sourceRef,
      source.from ?? BEFORE_THE_STORY,
      ids,
      entries.map((entry) => entry.name),
      entries.map((entry) => JSON.stringify(entry.aliases)),
      entries.map((entry) => entry.summary),
      entries.map((entry) => JSON.stringify(entry.facts)),
      entries.map((entry) => JSON.stringify(entry.relations)),
      entries.map((entry) => entry.locked),
    ]);
  }

  /** The version that a lore requirement has become, if it has. */
  async ofRequirement(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    requirementId: string,
  ): Promise<FiledVersion | undefined> {
    const [row] = await uow.query<FiledVersion>(OF_REQUIREMENT, [planId, branch, requirementId]);
    return row;
  }
}

/** The same entry has the same id however and whenever it is filed. */
function entryId(planId: string, branch: string, type: string, key: string): string {
  const digest = createHash('sha256').update(`${planId}\n${branch}\n${type}\n${key}`).digest('hex');
  return `entry-${digest.slice(0, 24)}`;
}
