import { Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { tellsOf } from '../reflections/tells-of';
import { BEFORE_VIEWPOINT, firstChapterOf, type Viewpoint } from './viewpoint';

/** What a scene may know of earlier ones, each list in the order of the story. */
export interface Past {
  memories: string[];
  obligations: string[];
}

const MOST_MEMORIES = 12;
const MOST_OBLIGATIONS = 16;

const LATEST = 'chapter DESC, scene DESC, position DESC';

/** Per key and branch of the lineage, so that each is a walk along its index that ends at the limit. */
const KEYS = 'unnest($3::text[]) AS k (key)';
const BRANCHES = 'unnest($2::text[]) AS l (branch)';
const MEMORIES = `
  SELECT m.text FROM ${KEYS} CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
    SELECT r.text, r.chapter, r.scene, r.position FROM memories r
    WHERE r.persona_key = k.key AND ${BEFORE_VIEWPOINT} ORDER BY ${LATEST} LIMIT ${MOST_MEMORIES}) m
  ORDER BY ${LATEST} LIMIT ${MOST_MEMORIES}`;
/** Promises that no scene between theirs and the viewpoint has kept. */
const OBLIGATIONS = `
  SELECT o.text, o.key FROM ${KEYS} CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
    SELECT r.text, r.key, r.chapter, r.scene, r.position FROM obligations r
    WHERE r.kind = 'opened' AND r.persona_key = k.key AND ${BEFORE_VIEWPOINT}
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

  async read(viewpoint: Viewpoint, persona: readonly string[]): Promise<Past> {
    const { planId, lineage, continuity, chapter, scene } = viewpoint;
    if (continuity === 'loose') return { memories: [], obligations: [] };
    const ask = <R>(sql: string): Promise<R[]> =>
      this.database.query<R>(sql, [planId, lineage, persona, firstChapterOf(viewpoint), chapter, scene]);
    const [memories, obligations] = await Promise.all([
      ask<{ text: string }>(MEMORIES),
      ask<{ text: string; key: string }>(OBLIGATIONS),
    ]);
    return {
      memories: memories.map((memory) => memory.text).reverse(),
      // A promise made twice is owed once.
      obligations: obligations
        .filter(({ key }, index) => obligations.findIndex((other) => other.key === key) === index)
        .map((obligation) => obligation.text)
        .reverse(),
    };
  }
}
