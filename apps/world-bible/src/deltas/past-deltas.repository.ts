import { Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { Queries } from '../telling/entry-reader';
import { BEFORE_IN_BOOK, BEFORE_VIEWPOINT, BOOK, bookOf, firstChapterOf, type Viewpoint } from '../context/viewpoint';
import { tellsOf } from '../reflections/tells-of';
import { byStory, type Delta } from './delta';

/** How lately an entry was met, in scenes: 1 is the scene just before. Deltas name entries by key, mentions by id. */
export interface Recency {
  ids: Map<string, number>;
  keys: Map<string, number>;
}

/** Scenes that count as lately. They are in no more chapters than that, since nobody waits for a chapter without scenes. */
const RECENT_SCENES = 12;
/** Names and relations that one reader is told of, the latest; they are rare. */
const MOST_NAMES = 500;
/** Ends of one fact, the latest. */
const MOST_ENDS = 50;
const COLUMNS = 'r.kind, r.entry_key, r.statement, r.target, r.chapter, r.scene, r.position, r.scene_id';
const LATEST = 'chapter DESC, scene DESC, position DESC';
const BRANCHES = 'unnest($2::text[]) AS l (branch)';

/** Row `r` is of the scene and revision of row `l`. */
const OF_LATEST = `${bookOf('r')} = ${BOOK} AND r.chapter = l.chapter AND r.scene = l.scene AND r.scene_id = l.scene_id
  AND r.revision = l.revision`;

/** Per key and branch of the lineage, so that each is a walk along its index that ends at the limit. */
const BEGINS = `
  SELECT c.* FROM unnest($3::text[]) AS k (key) CROSS JOIN LATERAL (
    SELECT b.* FROM ${BRANCHES} CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM world_changes r
      WHERE r.entry_key = k.key AND r.kind = 'fact-begins' AND NOT r.refused AND ${BEFORE_VIEWPOINT}
      ORDER BY ${LATEST} LIMIT $7) b
    ORDER BY ${LATEST} LIMIT $7) c`;
const ENDS = `
  SELECT c.* FROM ${BRANCHES} CROSS JOIN unnest($7::text[]) AS f (id) CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM world_changes r
    WHERE ${bookOf('r')} || '@' || r.fact_id = ${BOOK} || '@' || f.id AND r.kind = 'fact-ends' AND NOT r.refused
      AND r.entry_key = ANY($3::text[]) AND r.chapter >= $4 AND (r.chapter, r.scene) < ($5, $6) AND ${tellsOf('r', '$2')}
    ORDER BY ${LATEST} LIMIT ${MOST_ENDS}) c`;
const NAMES = `
  SELECT c.* FROM ${BRANCHES} CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM world_changes r
    WHERE r.kind IN ('alias-added', 'relation-begins', 'relation-ends') AND NOT r.refused AND $3::text[] IS NOT NULL
      AND ${BEFORE_IN_BOOK}
    ORDER BY ${LATEST} LIMIT ${MOST_NAMES}) c
  ORDER BY ${LATEST} LIMIT ${MOST_NAMES}`;
const RECENT = `
  WITH latest AS (
    SELECT s.*, row_number() OVER (ORDER BY s.chapter DESC, s.scene DESC)::int AS back FROM ${BRANCHES} CROSS JOIN LATERAL (
      SELECT r.branch, r.scene_id, r.revision, r.chapter, r.scene FROM reflections r
      WHERE $3::text[] IS NOT NULL AND r.chapter >= $5 - ${RECENT_SCENES} AND ${BEFORE_IN_BOOK}
      ORDER BY r.chapter DESC, r.scene DESC LIMIT ${RECENT_SCENES}) s
    ORDER BY s.chapter DESC, s.scene DESC LIMIT ${RECENT_SCENES})
  SELECT 'id' AS by, r.entry_id AS name, l.back FROM latest l JOIN mentions r ON ${OF_LATEST}
  UNION ALL
  SELECT 'key', r.entry_key, l.back FROM latest l JOIN world_changes r ON ${OF_LATEST} AND NOT r.refused`;

/**
 * What earlier scenes have changed, for a reader at a viewpoint. Only scenes that the continuity makes it wait for count, so
 * that the answer is the same whenever the question is asked. `from` is for a transaction that reads.
 */
@Injectable()
export class PastDeltasRepository {
  constructor(private readonly database: Database) {}

  /** The latest facts that scenes have begun, `most` for each key. */
  async begins(at: Viewpoint, keys: readonly string[], most: number, from?: Queries): Promise<Delta[]> {
    return keys.length === 0 ? [] : this.ask<Delta>(from, BEGINS, at, keys, most);
  }

  /** What has ended of these facts. */
  async ends(at: Viewpoint, keys: readonly string[], factIds: readonly string[], from?: Queries): Promise<Delta[]> {
    return keys.length === 0 || factIds.length === 0 ? [] : this.ask<Delta>(from, ENDS, at, keys, factIds);
  }

  /** The names and relations that scenes have given and taken, in the order of the story. */
  async names(at: Viewpoint, from?: Queries): Promise<Delta[]> {
    return (await this.ask<Delta>(from, NAMES, at, [])).sort(byStory);
  }

  async recent(at: Viewpoint): Promise<Recency> {
    const rows = await this.ask<{ by: 'id' | 'key'; name: string; back: number }>(undefined, RECENT, at, []);
    const recency: Recency = { ids: new Map(), keys: new Map() };
    for (const { by, name, back } of rows) {
      const known = by === 'id' ? recency.ids : recency.keys;
      known.set(name, Math.min(back, known.get(name) ?? back));
    }
    return recency;
  }

  private async ask<R>(
    from: Queries = this.database,
    sql: string,
    at: Viewpoint,
    keys: readonly string[],
    ...more: unknown[]
  ): Promise<R[]> {
    if (at.continuity === 'loose') return [];
    const { planId, lineage, chapter, scene } = at;
    return from.query<R>(sql, [planId, lineage, keys, firstChapterOf(at), chapter, scene, ...more]);
  }
}
