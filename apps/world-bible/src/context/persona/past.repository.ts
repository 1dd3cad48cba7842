import { Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { Place } from '../../bible/story-time';
import type { StandingWorld } from '../../bible/shelf/worlds';
import { retracted, toldIdSql } from '../../personas/persona-words.repository';
import { BEFORE_VIEWPOINT, firstChapterOf, type Viewpoint } from '../viewpoint';

/** Something a persona has come to know. */
export interface PastMemory extends Place {
  text: string;
  /** Whose: the key of the name that the scene gave. */
  persona_key: string;
}

/** What a scene may know of earlier ones, each list in the order of the story. */
export interface Past {
  memories: PastMemory[];
  /** What people other than the persona have learned. */
  learnedByOthers: PastMemory[];
}

const MOST_MEMORIES = 12;
const MOST_LEARNED_BY_OTHERS = 100;

const LATEST = 'chapter DESC, scene DESC, position DESC';

/** Per key and branch of the lineage, so that each is a walk along its index that ends at the limit. */
const KEYS = 'unnest($3::text[]) AS k (key)';
const BRANCHES = 'unnest($2::text[]) AS l (branch)';
const NOT_TAKEN_BACK = `NOT ${retracted('$2', '$1', toldIdSql('memory'))}`;
/** SQL: row `p` is a memory that people say the persona has by this place. */
function said(chapter: string, scene: string): string {
  return `p.plan_id = $1 AND p.branch = ($2::text[])[1] AND p.kind = 'memory'
    AND (p.chapter, p.scene) <= (${chapter}, ${scene}) AND NOT ${retracted('$2', '$1', `('word-' || p.n)`)}`;
}
/** What scenes tell and what people say. */
const MEMORIES = `
  SELECT w.text, w.persona_key, w.chapter, w.scene FROM (
    (SELECT m.*, 0::bigint AS n FROM ${KEYS} CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
      SELECT r.text, r.persona_key, r.chapter, r.scene, r.position FROM memories r
      WHERE r.persona_key = k.key AND ${BEFORE_VIEWPOINT} AND ${NOT_TAKEN_BACK} ORDER BY ${LATEST} LIMIT ${MOST_MEMORIES}) m)
    UNION ALL
    (SELECT p.text, p.persona_key, p.chapter, p.scene, 0, p.n FROM persona_words p
     WHERE p.persona_key = ANY($3::text[]) AND ${said('$5', '$6')}
     ORDER BY p.chapter DESC, p.scene DESC, p.n DESC LIMIT ${MOST_MEMORIES})) w
  ORDER BY ${LATEST}, n DESC LIMIT ${MOST_MEMORIES}`;
const LEARNED_BY_OTHERS = `
  SELECT w.text, w.persona_key, w.chapter, w.scene FROM (
    SELECT r.text, r.persona_key, r.chapter, r.scene, r.position FROM ${BRANCHES} CROSS JOIN LATERAL (
      SELECT r.text, r.persona_key, r.chapter, r.scene, r.position FROM memories r
      WHERE (r.plan_id || '@' || r.branch) = ($1::text || '@' || l.branch) AND r.persona_key <> ALL ($3::text[])
        AND ${BEFORE_VIEWPOINT} AND ${NOT_TAKEN_BACK}
      ORDER BY ${LATEST} LIMIT ${MOST_LEARNED_BY_OTHERS}) r
    UNION ALL
    SELECT p.text, p.persona_key, p.chapter, p.scene, 0 FROM persona_words p
    WHERE p.persona_key <> ALL ($3::text[]) AND ${said('$5', '$6')}) w
  ORDER BY ${LATEST}, w.persona_key, w.text LIMIT ${MOST_LEARNED_BY_OTHERS}`;

/** What people say, of anybody: where no scene surely comes before, that is all there is. */
const SAID_OF_ALL = `
  SELECT p.text, p.persona_key, p.chapter, p.scene FROM persona_words p WHERE ${said('$3', '$4')}
  ORDER BY p.chapter DESC, p.scene DESC, p.n DESC`;

/**
 * What the reflections of earlier scenes hold for a later one, and what people say besides. Of scenes only those count that
 * the continuity makes it wait for, so that the answer is the same whenever the question is asked.
 */
@Injectable()
export class PastRepository {
  constructor(private readonly database: Database) {}

  async read(
    viewpoint: Viewpoint,
    persona: readonly string[],
    { hasWords }: Pick<StandingWorld, 'hasWords'>,
  ): Promise<Past> {
    const { planId, lineage, continuity, chapter, scene } = viewpoint;
    if (continuity === 'loose') {
      return hasWords ? this.said(viewpoint, persona) : { memories: [], learnedByOthers: [] };
    }
    const ask = (sql: string): Promise<PastMemory[]> =>
      this.database.query<PastMemory>(sql, [planId, lineage, persona, firstChapterOf(viewpoint), chapter, scene]);
    const [memories, learnedByOthers] = await Promise.all([ask(MEMORIES), ask(LEARNED_BY_OTHERS)]);
    return { memories: memories.reverse(), learnedByOthers };
  }

  private async said({ planId, lineage, chapter, scene }: Viewpoint, persona: readonly string[]): Promise<Past> {
    const all = await this.database.query<PastMemory>(SAID_OF_ALL, [planId, lineage, chapter, scene]);
    const isOwn = (memory: PastMemory): boolean => persona.includes(memory.persona_key);
    return {
      memories: all.filter(isOwn).slice(0, MOST_MEMORIES).reverse(),
      learnedByOthers: all.filter((memory) => !isOwn(memory)).slice(0, MOST_LEARNED_BY_OTHERS),
    };
  }
}
