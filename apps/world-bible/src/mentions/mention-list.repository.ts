import type { listMentions, Mention, RequestOf } from '@fiction/contracts';
import { Database, pageOfRows } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { readBookCursor, writeBookCursor } from '../deltas/book-rows';
import { BOOK, bookOf } from '../context/viewpoint';
import { tellsOf } from '../reflections/tells-of';

type Question = RequestOf<typeof listMentions>;

const COLUMNS = `r.scene_id AS "sceneId", r.revision, r.chapter, r.scene, r.entry_id AS "entryId", r.count,
  r.first_offset AS "firstOffset",
  (SELECT v.name FROM entry_versions v WHERE v.entry_id = r.entry_id LIMIT 1) AS entry`;
const BRANCHES = 'unnest($2::text[]) AS l (branch)';

/** Branch by branch, so that each is a walk along an index. $3: what is asked for; $8: an entry beside a scene. */
const page = (where: string): string => `
  SELECT c.* FROM ${BRANCHES} CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM mentions r
    WHERE ${where} AND ${tellsOf('r', '$2')} AND (r.chapter, r.scene, r.entry_id) > ($4, $5, $6)
      AND ($8::text IS NULL OR r.entry_id = $8)
    ORDER BY r.chapter, r.scene, r.entry_id LIMIT $7) c
  ORDER BY c.chapter, c.scene, c."entryId" LIMIT $7`;
const OF_BOOK = page(`${bookOf('r')} = ${BOOK} AND $3::text IS NULL`);
const OF_SCENE = page('r.plan_id = $1 AND r.branch = l.branch AND r.scene_id = $3');
const OF_ENTRY = page(`r.entry_id = $3 AND r.branch = l.branch AND r.plan_id || '' = $1`);
const NEWEST = `
  SELECT c.* FROM ${BRANCHES} CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM mentions r
    WHERE r.entry_id = $3 AND r.branch = l.branch AND r.plan_id || '' = $1 AND ${tellsOf('r', '$2')}
    ORDER BY r.chapter DESC, r.scene DESC LIMIT $4) c
  ORDER BY c.chapter DESC, c.scene DESC LIMIT $4`;

/** What scenes name, for people. */
@Injectable()
export class MentionListRepository {
  constructor(private readonly database: Database) {}

  async page(question: Question, lineage: Lineage): Promise<{ items: Mention[]; nextCursor: string | null }> {
    const { planId, sceneId, entryId, limit } = question;
    const { chapter, scene, last } = readBookCursor(question.cursor);
    const sql = sceneId !== undefined ? OF_SCENE : entryId !== undefined ? OF_ENTRY : OF_BOOK;
    const asked = sceneId ?? entryId ?? null;
    const rows = await this.database.query<Mention>(sql, [
      planId,
      lineage,
      asked,
      chapter,
      scene,
      last,
      limit + 1,
      entryId ?? null,
    ]);
    const { page, nextCursor } = pageOfRows(rows, limit, (end) => writeBookCursor({ ...end, last: end.entryId }));
    return { items: page, nextCursor };
  }

  /** The latest of an entry, in the order of the story. */
  async newest(planId: string, lineage: Lineage, entryId: string, most: number): Promise<Mention[]> {
    return (await this.database.query<Mention>(NEWEST, [planId, lineage, entryId, most])).reverse();
  }
}
