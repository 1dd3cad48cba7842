import type { AskedBy } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { Place } from '../bible/story-time';
import { tellsOf } from '../reflections/tells-of';

export type WordKind = 'memory' | 'note';

export interface WordRow extends Place {
  /** 0: a scene's, 1: a person's. */
  origin: number;
  position: string;
  id: string;
  text: string;
  scene_id: string | null;
  actor: string | null;
  source: string | null;
  at: Date;
  retracted_by: string | null;
  retracted_note: string | null;
  retracted_at: Date | null;
}

/** Where a page of words goes on. */
export type WordPlace = readonly [chapter: number, scene: number, origin: number, position: string];

export interface NewWord extends AskedBy, Place {
  planId: string;
  branch: string;
  kind: WordKind | 'retraction';
  personaKey: string;
  text: string;
  retracts: string | null;
  at: Date;
}

/** SQL: the id of a memory or note that a scene has told, row `r`. */
export const toldIdSql = (kind: WordKind): string =>
  `('${kind}:' || r.scene_id || '@' || r.branch || ':' || r.revision || ':' || r.position)`;

/** SQL: whether somebody has taken back, on the branch, the word of this id. */
export const retracted = (lineage: string, planId: string, id: string): string => `(SELECT 1 FROM persona_words x
  WHERE x.plan_id = ${planId} AND x.branch = (${lineage}::text[])[1] AND x.kind = 'retraction' AND x.retracts = ${id}
  LIMIT 1) IS NOT NULL`;

const TABLE: Record<WordKind, string> = { memory: 'memories', note: 'world_notes' };
/** $3: the keys of the name and aliases; $4: the key that people's words are kept under. */
const wordsSql = (kind: WordKind): string => `
  SELECT w.*, t.actor AS retracted_by, t.text AS retracted_note, t.at AS retracted_at FROM (
    SELECT r.chapter, r.scene, 0 AS origin, r.position::bigint AS position, ${toldIdSql(kind)} AS id, r.text, r.scene_id,
      NULL::text AS actor, NULL::text AS source, r.filed_at AS at
    FROM ${TABLE[kind]} r
    WHERE r.plan_id = $1 AND r.branch = ANY($2::text[]) AND r.persona_key = ANY($3::text[]) AND ${tellsOf('r', '$2')}
    UNION ALL
    SELECT p.chapter, p.scene, 1, p.n, 'word-' || p.n, p.text, NULL, p.actor, p.source, p.at
    FROM persona_words p
    WHERE p.plan_id = $1 AND p.branch = ($2::text[])[1] AND p.persona_key = $4 AND p.kind = '${kind}') w
  LEFT JOIN LATERAL (
    SELECT x.actor, x.text, x.at FROM persona_words x
    WHERE x.plan_id = $1 AND x.branch = ($2::text[])[1] AND x.kind = 'retraction' AND x.retracts = w.id
    ORDER BY x.n LIMIT 1) t ON true`;
const LIST: Record<WordKind, string> = { memory: listSql('memory'), note: listSql('note') };
const ONE: Record<WordKind, string> = {
  memory: `${wordsSql('memory')} WHERE w.id = $5`,
  note: `${wordsSql('note')} WHERE w.id = $5`,
};
const ADD = `
  INSERT INTO persona_words (plan_id, branch, kind, persona_key, chapter, scene, text, retracts, actor, source, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING n`;

function listSql(kind: WordKind): string {
  return `${wordsSql(kind)}
  WHERE (w.chapter, w.scene, w.origin, w.position) > ($5, $6, $7, $8::bigint)
  ORDER BY w.chapter, w.scene, w.origin, w.position LIMIT $9`;
}

/** Whose words are meant: the names a persona is known by in reflections, and its own key. */
export interface WordsOf {
  planId: string;
  lineage: Lineage;
  names: readonly string[];
  personaKey: string;
}

/** What personas know and think of the world: scenes tell it, and people do. Nothing is ever deleted. */
@Injectable()
export class PersonaWordsRepository {
  constructor(private readonly database: Database) {}

  async list(kind: WordKind, of: WordsOf, after: WordPlace, limit: number): Promise<WordRow[]> {
    const { planId, lineage, names, personaKey } = of;
    return this.database.query<WordRow>(LIST[kind], [planId, lineage, names, personaKey, ...after, limit]);
  }

  async one(uow: Pick<UnitOfWork, 'query'>, kind: WordKind, of: WordsOf, id: string): Promise<WordRow | undefined> {
    const { planId, lineage, names, personaKey } = of;
    const [row] = await uow.query<WordRow>(ONE[kind], [planId, lineage, names, personaKey, id]);
    return row;
  }

  /** Answers the number of the new row. */
  async add(uow: UnitOfWork, word: NewWord): Promise<string> {
    const { planId, branch, kind, personaKey, chapter, scene, text, retracts, actor, source, at } = word;
    const values = [planId, branch, kind, personaKey, chapter, scene, text, retracts, actor, source, at];
    const [row] = await uow.query<{ n: string }>(ADD, values);
    return row!.n;
  }
}
