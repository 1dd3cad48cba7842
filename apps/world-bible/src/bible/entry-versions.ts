import { BEFORE_THE_STORY, MAIN_BRANCH, type StoryPoint } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { jobNameSql, sharedOrOwn } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { nameKey } from '../names/name-key';
import type { BibleEntry } from './bible-entry';

/** Where versions come from: the same source and reference are filed once. */
export interface VersionSource {
  planId: string;
  branch: string;
  source: 'brief' | 'world' | 'lore' | 'person';
  /** The run and its revision (of a brief: the run that has filed it), the requirement, or the edit. */
  sourceRef: string;
  /** Story time from which the version stands. */
  from?: StoryPoint;
  /** The person who has written it, where that is not a matter of course. */
  writtenBy?: string | null;
  /** What a person has taken away, see `telling/fact-id`. */
  dropped?: readonly string[];
}

export interface FiledVersion {
  entryId: string;
  version: number;
}

/** SQL: the run that made row `v` of entry_versions, or the edit, which branches share in the same way. */
const RUN_OF_VERSION = `CASE v.source WHEN 'lore' THEN ${jobNameSql('lore', 'v.source_ref', 'v.branch')}
  ELSE split_part(v.source_ref, '#', 1) END`;

/** SQL: whether a branch sees row `v` of entry_versions. */
export const versionVisibleTo = (branch: string): string => sharedOrOwn('v', branch, RUN_OF_VERSION);

const INSERT_ENTRIES = `
  INSERT INTO entries (id, plan_id, type, key)
  SELECT id, $1, type, key FROM unnest($2::text[], $3::text[], $4::text[]) AS e (id, type, key) ORDER BY id
  ON CONFLICT DO NOTHING`;
const LOCK_ENTRIES = 'SELECT 1 FROM entries WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE';
const INSERT_VERSIONS = `
  INSERT INTO entry_versions
    (entry_id, version, plan_id, branch, source, source_ref, from_point, name, aliases, summary, facts, relations, locked,
      dropped, written_by)
  SELECT e.id, coalesce((SELECT max(version) FROM entry_versions v
      WHERE v.entry_id = e.id AND ${versionVisibleTo('$2')}), 0) + 1,
    $1, $2, $3, $4, $5, e.name, e.aliases, e.summary, e.facts, e.relations, e.locked, $13::jsonb, $14
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
    const ids = entries.map((entry, index) => entryId(planId, entry.type, keys[index]!));
    await uow.query(INSERT_ENTRIES, [planId, ids, entries.map((entry) => entry.type), keys]);
    // Version numbers are counted under the entry's lock, so that no two of a branch are the same.
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
      JSON.stringify(source.dropped ?? []),
      source.writtenBy ?? null,
    ]);
  }

  /** The version that a lore requirement has become on the branch itself, if it has. */
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

/** The same entry has the same id however, whenever and on whichever branch it is filed. */
export function entryId(planId: string, type: string, key: string): string {
  // The first branch is part of it because it was before there were others.
  const digest = createHash('sha256').update(`${planId}\n${MAIN_BRANCH}\n${type}\n${key}`).digest('hex');
  return `entry-${digest.slice(0, 24)}`;
}
