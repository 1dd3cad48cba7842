import { UnknownCursorError, type listDeltas, type RequestOf, type WorldDelta } from '@fiction/contracts';
import { Database, pageOfRows } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { readWholeEntries, type WholeEntry } from '../telling/entry-reader';
import { BOOK, bookOf } from '../context/viewpoint';
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
const BRANCHES = 'unnest($2::text[]) AS l (branch)';
const ON_BRANCH = 'r.plan_id = $1 AND r.branch = l.branch';

/** Branch by branch, and key by key where an entry is asked for, so that each is a walk along an index. $3: what is asked for. */
const page = (from: string, where: string): string => `
  SELECT c.* FROM ${from} CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM world_changes r
    WHERE ${where} AND ${tellsOf('r', '$2')} AND (r.chapter, r.scene, r.position) > ($4, $5, $6)
      AND ($8::text[] IS NULL OR r.entry_key = ANY($8))
    ORDER BY r.chapter, r.scene, r.position LIMIT $7) c
  ORDER BY c.chapter, c.scene, c.position LIMIT $7`;
const OF_BOOK = page(BRANCHES, `${bookOf('r')} = ${BOOK} AND $3::text[] IS NOT NULL`);
const OF_SCENE = page(BRANCHES, `${ON_BRANCH} AND r.scene_id = ($3::text[])[1]`);
const OF_ENTRY = page(`unnest($3::text[]) AS k (key) CROSS JOIN ${BRANCHES}`, `${ON_BRANCH} AND r.entry_key = k.key`);
const NEWEST = `
  SELECT c.* FROM unnest($3::text[]) AS k (key) CROSS JOIN ${BRANCHES} CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM world_changes r WHERE ${ON_BRANCH} AND r.entry_key = k.key AND ${tellsOf('r', '$2')}
    ORDER BY r.chapter DESC, r.scene DESC, r.position DESC LIMIT $4) c
  ORDER BY c.chapter DESC, c.scene DESC, c.position DESC LIMIT $4`;
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
    const sql = sceneId !== undefined ? OF_SCENE : keys !== null ? OF_ENTRY : OF_BOOK;
    const rows = await this.database.query<DeltaRow>(sql, [
      planId,
      lineage,
      sceneId !== undefined ? [sceneId] : (keys ?? []),
      chapter,
      scene,
      last === '' ? -1 : Number(last),
      limit + 1,
      keys,
    ]);
    const { page, nextCursor } = pageOfRows(rows, limit, (end) =>
      writeBookCursor({ ...end, last: String(end.position) }),
    );
    return { items: await this.told(planId, lineage, page), nextCursor };
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
