import type { Continuity } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { Place } from '../bible/story-time';
import { tellsOf } from '../reflections/tells-of';

/** From where a reader looks back. */
export interface Viewpoint extends Place {
  planId: string;
  lineage: Lineage;
  continuity: Continuity;
}

/** Something a scene has made true, under the key of the name it gave. */
export interface PastChange extends Place {
  entry_key: string;
  statement: string;
}

/** What a scene may know of earlier ones, each list in the order of the story. */
export interface Past {
  changes: PastChange[];
  memories: string[];
  obligations: string[];
}

export interface PastKeys {
  entries: readonly string[];
  persona: readonly string[];
}

const CHANGES_PER_ENTRY = 8;
const MOST_MEMORIES = 12;
const MOST_OBLIGATIONS = 16;

/** Row `r` is before the viewpoint and counts. $4: first chapter that does. */
const VISIBLE = `r.plan_id = $1 AND r.branch = l.branch AND r.chapter >= $4 AND (r.chapter, r.scene) < ($5, $6)
  AND ${tellsOf('r', '$2')}`;
const LATEST = 'chapter DESC, scene DESC, position DESC';

/** Per key and branch of the lineage, so that each is a walk along its index that ends at the limit. */
const KEYS = 'unnest($3::text[]) AS k (key)';
const BRANCHES = 'unnest($2::text[]) AS l (branch)';
const CHANGES = `
  SELECT c.* FROM ${KEYS} CROSS JOIN LATERAL (
    SELECT b.* FROM ${BRANCHES} CROSS JOIN LATERAL (
      SELECT r.entry_key, r.statement, r.chapter, r.scene, r.position FROM world_changes r
      WHERE r.entry_key = k.key AND ${VISIBLE} ORDER BY ${LATEST} LIMIT ${CHANGES_PER_ENTRY}) b
    ORDER BY ${LATEST} LIMIT ${CHANGES_PER_ENTRY}) c
  ORDER BY c.chapter, c.scene, c.position`;
const MEMORIES = `
  SELECT m.text FROM ${KEYS} CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
    SELECT r.text, r.chapter, r.scene, r.position FROM memories r
    WHERE r.persona_key = k.key AND ${VISIBLE} ORDER BY ${LATEST} LIMIT ${MOST_MEMORIES}) m
  ORDER BY ${LATEST} LIMIT ${MOST_MEMORIES}`;
/** Promises that no scene between theirs and the viewpoint has kept. */
const OBLIGATIONS = `
  SELECT o.text, o.key FROM ${KEYS} CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
    SELECT r.text, r.key, r.chapter, r.scene, r.position FROM obligations r
    WHERE r.kind = 'opened' AND r.persona_key = k.key AND ${VISIBLE}
      AND (SELECT kept.one FROM unnest($2::text[]) AS b (branch) CROSS JOIN LATERAL (
        SELECT 1 AS one FROM obligations d
        WHERE d.kind = 'resolved' AND d.plan_id = r.plan_id AND d.branch = b.branch AND d.key = r.key
          AND (d.chapter, d.scene) >= (r.chapter, r.scene) AND (d.chapter, d.scene) < ($5, $6)
          AND ${tellsOf('d', '$2')} LIMIT 1) kept LIMIT 1) IS NULL
    ORDER BY ${LATEST} LIMIT ${MOST_OBLIGATIONS}) o
  ORDER BY ${LATEST} LIMIT ${MOST_OBLIGATIONS}`;

/**
 * What the reflections of earlier scenes hold for a later one. Only scenes that the continuity makes it wait for count,
 * so that the answer is the same whenever the question is asked.
 */
@Injectable()
export class PastRepository {
  constructor(private readonly database: Database) {}

  async read(viewpoint: Viewpoint, keys: PastKeys): Promise<Past> {
    const { planId, lineage, continuity, chapter, scene } = viewpoint;
    if (continuity === 'loose') return { changes: [], memories: [], obligations: [] };
    const firstChapter = continuity === 'strict' ? 0 : chapter;
    const ask = <R>(sql: string, of: readonly string[]): Promise<R[]> =>
      of.length === 0
        ? Promise.resolve([])
        : this.database.query<R>(sql, [planId, lineage, of, firstChapter, chapter, scene]);
    const [changes, memories, obligations] = await Promise.all([
      ask<PastChange>(CHANGES, keys.entries),
      ask<{ text: string }>(MEMORIES, keys.persona),
      ask<{ text: string; key: string }>(OBLIGATIONS, keys.persona),
    ]);
    return {
      changes,
      memories: memories.map((memory) => memory.text).reverse(),
      // A promise made twice is owed once.
      obligations: obligations
        .filter(({ key }, index) => obligations.findIndex((other) => other.key === key) === index)
        .map((obligation) => obligation.text)
        .reverse(),
    };
  }
}
