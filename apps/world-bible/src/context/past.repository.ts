import { MAX_INT, type Continuity } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { Place } from '../bible/story-time';
import { retracted, toldIdSql } from '../personas/persona-words.repository';
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

/** Something a persona has come to know. */
export interface PastMemory extends Place {
  text: string;
  /** Whose: the key of the name that the scene gave. */
  persona_key: string;
}

/** What a scene may know of earlier ones, each list in the order of the story. */
export interface Past {
  changes: PastChange[];
  memories: PastMemory[];
  /** What people other than the persona have learned. */
  learnedByOthers: PastMemory[];
}

export interface PastKeys {
  entries: readonly string[];
  persona: readonly string[];
}

const CHANGES_PER_ENTRY = 8;
const MOST_MEMORIES = 12;
const MOST_LEARNED_BY_OTHERS = 100;

/** Row `r` is before the viewpoint and counts. $3: keys; $4: first chapter that does. */
export const VISIBLE = `r.plan_id = $1 AND r.branch = l.branch AND r.chapter >= $4 AND (r.chapter, r.scene) < ($5, $6)
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
const NOT_TAKEN_BACK = `NOT ${retracted('$2', '$1', toldIdSql('memory'))}`;
const SAID = `p.plan_id = $1 AND p.branch = ($2::text[])[1] AND p.kind = 'memory' AND (p.chapter, p.scene) <= ($5, $6)
  AND NOT ${retracted('$2', '$1', `('word-' || p.n)`)}`;
/** What scenes tell and what people say. */
const MEMORIES = `
  SELECT w.text, w.persona_key, w.chapter, w.scene FROM (
    (SELECT m.*, 0::bigint AS n FROM ${KEYS} CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
      SELECT r.text, r.persona_key, r.chapter, r.scene, r.position FROM memories r
      WHERE r.persona_key = k.key AND ${VISIBLE} AND ${NOT_TAKEN_BACK} ORDER BY ${LATEST} LIMIT ${MOST_MEMORIES}) m)
    UNION ALL
    (SELECT p.text, p.persona_key, p.chapter, p.scene, 0, p.n FROM persona_words p
     WHERE p.persona_key = ANY($3::text[]) AND ${SAID}
     ORDER BY p.chapter DESC, p.scene DESC, p.n DESC LIMIT ${MOST_MEMORIES})) w
  ORDER BY ${LATEST}, n DESC LIMIT ${MOST_MEMORIES}`;
const LEARNED_BY_OTHERS = `
  SELECT w.text, w.persona_key, w.chapter, w.scene FROM (
    SELECT r.text, r.persona_key, r.chapter, r.scene, r.position FROM ${BRANCHES} CROSS JOIN LATERAL (
      SELECT r.text, r.persona_key, r.chapter, r.scene, r.position FROM memories r
      WHERE r.persona_key <> ALL ($3::text[]) AND ${VISIBLE} AND ${NOT_TAKEN_BACK}
      ORDER BY ${LATEST} LIMIT ${MOST_LEARNED_BY_OTHERS}) r
    UNION ALL
    SELECT p.text, p.persona_key, p.chapter, p.scene, 0 FROM persona_words p
    WHERE p.persona_key <> ALL ($3::text[]) AND ${SAID}) w
  ORDER BY ${LATEST}, w.persona_key, w.text LIMIT ${MOST_LEARNED_BY_OTHERS}`;

/**
 * What the reflections of earlier scenes hold for a later one. Only scenes that the continuity makes it wait for count,
 * so that the answer is the same whenever the question is asked.
 */
@Injectable()
export class PastRepository {
  constructor(private readonly database: Database) {}

  async read(viewpoint: Viewpoint, keys: PastKeys): Promise<Past> {
    const { planId, lineage, continuity, chapter, scene } = viewpoint;
    // What people say holds wherever it is said to, also where no scene surely comes before.
    const firstChapter = { strict: 0, chapter, loose: MAX_INT }[continuity];
    const ask = <R>(sql: string, of: readonly string[]): Promise<R[]> =>
      of.length === 0
        ? Promise.resolve([])
        : this.database.query<R>(sql, [planId, lineage, of, firstChapter, chapter, scene]);
    const [changes, memories, learnedByOthers] = await Promise.all([
      ask<PastChange>(CHANGES, keys.entries),
      ask<PastMemory>(MEMORIES, keys.persona),
      ask<PastMemory>(LEARNED_BY_OTHERS, keys.persona),
    ]);
    return { changes, memories: memories.reverse(), learnedByOthers };
  }
}
