import type { listMentions, Mention, RequestOf } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { readBookCursor, writeBookCursor } from '../deltas/book-rows';
import { tellsOf } from '../reflections/tells-of';

type Question = RequestOf<typeof listMentions>;

const COLUMNS = `r.scene_id AS "sceneId", r.revision, r.chapter, r.scene, r.entry_id AS "entryId", r.count,
  r.first_offset AS "firstOffset",
  (SELECT v.name FROM entry_versions v WHERE v.entry_id = r.entry_id LIMIT 1) AS entry`;
const COUNTS = `r.plan_id = $1 AND r.branch = ANY($2::text[]) AND ${tellsOf('r', '$2')}`;
const PAGE = `
  SELECT ${COLUMNS} FROM mentions r
  WHERE ${COUNTS} AND ($3::text IS NULL OR r.scene_id = $3) AND ($4::text IS NULL OR r.entry_id = $4)
    AND (r.chapter, r.scene, r.entry_id) > ($5, $6, $7)
  ORDER BY r.chapter, r.scene, r.entry_id LIMIT $8`;
const NEWEST = `
  SELECT ${COLUMNS} FROM mentions r WHERE ${COUNTS} AND r.entry_id = $3
  ORDER BY r.chapter DESC, r.scene DESC LIMIT $4`;

/** What scenes name, for people. */
@Injectable()
export class MentionListRepository {
  constructor(private readonly database: Database) {}

  async page(question: Question, lineage: Lineage): Promise<{ items: Mention[]; nextCursor: string | null }> {
    const { planId, sceneId, entryId, limit } = question;
    const { chapter, scene, last } = readBookCursor(question.cursor);
    const rows = await this.database.query<Mention>(PAGE, [
      planId,
      lineage,
      sceneId ?? null,
      entryId ?? null,
      chapter,
      scene,
      last,
      limit + 1,
    ]);
    const items = rows.slice(0, limit);
    const end = items.at(-1);
    return {
      items,
      nextCursor: rows.length > limit && end !== undefined ? writeBookCursor({ ...end, last: end.entryId }) : null,
    };
  }

  /** The latest of an entry, in the order of the story. */
  async newest(planId: string, lineage: Lineage, entryId: string, most: number): Promise<Mention[]> {
    return (await this.database.query<Mention>(NEWEST, [planId, lineage, entryId, most])).reverse();
  }
}
