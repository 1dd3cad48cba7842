import { UnknownCursorError, type listDeltas, type RequestOf, type WorldDelta } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { readWholeEntries, type WholeEntry } from '../telling/entry-reader';
import { tellsOf } from '../reflections/tells-of';
import { readBookCursor, writeBookCursor } from './book-rows';
import { ownersOf, type Delta } from './delta';

type Question = RequestOf<typeof listDeltas>;

interface DeltaRow extends Delta {
  revision: number;
  entry: string;
  quote: string;
  quote_start: number | null;
  quote_end: number | null;
  refused: boolean;
  refused_entry: string | null;
  filed_at: Date;
}

const COLUMNS = `r.kind, r.entry_key, r.entry, r.statement, r.target, r.chapter, r.scene, r.position, r.scene_id,
  r.revision, r.quote, r.quote_start, r.quote_end, r.refused, r.refused_entry,
  (SELECT f.filed_at FROM reflections f WHERE f.plan_id = r.plan_id AND f.branch = r.branch
    AND f.scene_id = r.scene_id AND f.revision = r.revision) AS filed_at`;
const COUNTS = `r.plan_id = $1 AND r.branch = ANY($2::text[]) AND ${tellsOf('r', '$2')}`;
const PAGE = `
  SELECT ${COLUMNS} FROM world_changes r
  WHERE ${COUNTS} AND ($3::text IS NULL OR r.scene_id = $3) AND ($4::text[] IS NULL OR r.entry_key = ANY($4))
    AND (r.chapter, r.scene, r.position) > ($5, $6, $7)
  ORDER BY r.chapter, r.scene, r.position LIMIT $8`;
const NEWEST = `
  SELECT ${COLUMNS} FROM world_changes r WHERE ${COUNTS} AND r.entry_key = ANY($3::text[])
  ORDER BY r.chapter DESC, r.scene DESC, r.position DESC LIMIT $4`;
const NAMED = `
  SELECT id FROM entries WHERE plan_id = $1
    AND (key = ANY($2::text[]) OR id IN (SELECT v.entry_id FROM entry_versions v
      WHERE v.plan_id = $1 AND v.branch = ANY($3::text[]) AND v.aliases <> '[]'))`;

/** What scenes have proposed, for people. */
@Injectable()
export class DeltaListRepository {
  constructor(private readonly database: Database) {}

  async page(question: Question, lineage: Lineage): Promise<{ items: WorldDelta[]; nextCursor: string | null }> {
    const { planId, sceneId, entryId, cursor, limit } = question;
    const { chapter, scene, last } = readBookCursor(cursor);
    if (!/^-?\d{0,9}$/.test(last)) throw new UnknownCursorError();
    const keys = entryId === undefined ? null : await this.keysOf(entryId, lineage);
    const rows = await this.database.query<DeltaRow>(PAGE, [
      planId,
      lineage,
      sceneId ?? null,
      keys,
      chapter,
      scene,
      last === '' ? -1 : Number(last),
      limit + 1,
    ]);
    const items = await this.told(planId, lineage, rows.slice(0, limit));
    const end = rows[limit - 1];
    const more = rows.length > limit && end !== undefined;
    return { items, nextCursor: more ? writeBookCursor({ ...end, last: String(end.position) }) : null };
  }

  /** The latest of an entry, in the order of the story. */
  async newest(planId: string, lineage: Lineage, { entry }: WholeEntry, most: number): Promise<WorldDelta[]> {
    const rows = await this.database.query<DeltaRow>(NEWEST, [planId, lineage, entry.keys, most]);
    return this.told(planId, lineage, rows.reverse());
  }

  private async keysOf(entryId: string, lineage: Lineage): Promise<string[]> {
    const [whole] = await readWholeEntries(this.database, lineage, [entryId]);
    return whole?.entry.keys ?? [];
  }

  private async told(planId: string, lineage: Lineage, rows: readonly DeltaRow[]): Promise<WorldDelta[]> {
    if (rows.length === 0) return [];
    const keys = [...new Set(rows.map((row) => row.entry_key))];
    const named = await this.database.query<{ id: string }>(NAMED, [planId, keys, lineage]);
    const whole = await readWholeEntries(
      this.database,
      lineage,
      named.map(({ id }) => id),
    );
    const entries = whole.map(({ entry }) => entry);
    return rows.map((row) => {
      const entryId = row.refused_entry ?? ownersOf(entries, row.entry_key)[0]?.id ?? null;
      const { kind, revision, chapter, scene, statement, quote } = row;
      return {
        ...{ kind, revision, chapter, scene, statement, quote, entryId },
        id: `${row.scene_id}#${revision}.${row.position}`,
        sceneId: row.scene_id,
        entry: row.entry,
        to: row.target,
        span: row.quote_start === null ? null : { start: row.quote_start, end: row.quote_end! },
        outcome: row.refused ? 'refused' : entryId === null ? 'unmatched' : 'applied',
        filedAt: row.filed_at.toISOString(),
      };
    });
  }
}
