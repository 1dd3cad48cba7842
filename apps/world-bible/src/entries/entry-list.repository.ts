import { UnknownCursorError, type WorldEntryType, type WorldEntryView } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { indexEntry, mergeEntries, type BibleEntry } from '../bible/bible-entry';
import { versionVisibleTo } from '../bible/entry-versions';
import { storyPoint } from '../bible/story-time';
import { byCodeUnits } from '../names/name-key';
import { tellsOf } from '../reflections/tells-of';

export interface EntryPage {
  planId: string;
  lineage: Lineage;
  type: WorldEntryType | undefined;
  /** Id of the last entry of the page before. */
  after: string | undefined;
  limit: number;
}

interface VersionRow extends BibleEntry {
  entry_id: string;
  version: number;
  source: string;
  created_at: Date;
}

interface ChangeRow {
  entry_key: string;
  statement: string;
  chapter: number;
  scene: number;
}

const PAGE = `
  SELECT id FROM entries e
  WHERE plan_id = $1 AND ($3::text IS NULL OR type = $3)
    AND ($4::text IS NULL OR (key, type) > (SELECT a.key, a.type FROM entries a WHERE a.id = $4))
    AND (SELECT 1 FROM entry_versions v WHERE v.entry_id = e.id AND ${versionVisibleTo('$2')} LIMIT 1) IS NOT NULL
  ORDER BY key, type LIMIT $5`;
const IS_ENTRY = 'SELECT 1 FROM entries WHERE plan_id = $1 AND id = $2';
const VERSIONS = `
  SELECT v.entry_id, v.version, v.source, v.created_at, e.type, v.name, v.aliases, v.summary, v.facts, v.relations,
    v.locked
  FROM entry_versions v JOIN entries e ON e.id = v.entry_id
  WHERE v.entry_id = ANY($1::text[]) AND ${versionVisibleTo('$2')} ORDER BY v.version`;
const CHANGES = `
  SELECT c.entry_key, c.statement, c.chapter, c.scene FROM world_changes c
  WHERE c.plan_id = $1 AND c.branch = ANY($2::text[]) AND c.entry_key = ANY($3::text[]) AND ${tellsOf('c', '$2')}
  ORDER BY c.chapter, c.scene, c.position LIMIT 5000`;

/** The entries as they stand now, for people: all that was filed, whoever may see it in a prompt. */
@Injectable()
export class EntryListRepository {
  constructor(private readonly database: Database) {}

  async page({ planId, lineage, type, after, limit }: EntryPage): Promise<WorldEntryView[]> {
    const [branch] = lineage;
    const page = await this.database.query<{ id: string }>(PAGE, [planId, branch, type ?? null, after ?? null, limit]);
    // A cursor of another list compares with nothing: it would look like the end of this one.
    if (page.length === 0 && after !== undefined) await this.checkCursor(planId, after);
    const ids = page.map((row) => row.id);
    const versions = await this.database.query<VersionRow>(VERSIONS, [ids, branch]);
    const told = ids.map((id) => tellTogether(versions.filter((version) => version.entry_id === id)));
    const keys = told.flatMap((entry) => entry.keys);
    const changes = await this.database.query<ChangeRow>(CHANGES, [planId, lineage, keys]);
    return told.map(({ keys: known, ...entry }) => ({
      ...entry,
      facts: [
        ...entry.facts,
        ...changes
          .filter((change) => known.includes(change.entry_key))
          .map((change) => ({ statement: change.statement, from: storyPoint(change), until: null })),
      ],
    }));
  }

  private async checkCursor(planId: string, cursor: string): Promise<void> {
    const known = await this.database.query(IS_ENTRY, [planId, cursor]);
    if (known.length === 0) throw new UnknownCursorError();
  }
}

/** The newest version of the entry itself, then what lore has added to it. */
function tellTogether(versions: readonly VersionRow[]): WorldEntryView & { keys: string[] } {
  const own = versions.filter((version) => version.source !== 'lore').at(-1);
  const lore = versions
    .filter((version) => version.source === 'lore')
    .sort((a, b) => byCodeUnits(contentOf(a), contentOf(b)));
  const [first, ...others] = own === undefined ? lore : [own, ...lore];
  const whole = others.reduce<BibleEntry>(mergeEntries, first!);
  const newest = versions.at(-1)!;
  const { name, type, aliases, summary, facts, relations, locked } = whole;
  return {
    id: newest.entry_id,
    name,
    type,
    aliases,
    summary,
    facts,
    relations,
    version: newest.version,
    locked,
    source: newest.source,
    createdAt: newest.created_at.toISOString(),
    keys: indexEntry(whole).keys,
  };
}

function contentOf({ name, aliases, summary, facts, relations }: BibleEntry): string {
  return JSON.stringify([name, aliases, summary, facts, relations]);
}
