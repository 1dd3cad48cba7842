import { Database, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { tellsOf } from '../../reflections/tells-of';
import { AUTHOR } from '../../personas/persona-id';
import { placeKey, type Book, type Written } from './book';
import { designCounts } from '../designs/design-visibility';
import type { Turn } from './obligation-life';

type Reader = Pick<UnitOfWork, 'query'>;

interface TurnRow {
  key: string;
  by: Turn['by'];
  event: Turn['event'];
  chapter: number | null;
  scene: number | null;
  at: Date;
  branch: string;
  scene_id: string | null;
  kind: Turn['kind'];
  text: string | null;
  persona_key: string | null;
  persona: string | null;
  due_chapter: number | null;
  due_scene: number | null;
  note: string | null;
  actor: string | null;
  source: Turn['source'];
  item_id: string | null;
  action_id: string | null;
}

/** $1: plan, $2: lineage, $3: keys. People's turns last, in the order in which they were said. */
const TURNS = `
  SELECT t.* FROM (
    SELECT r.key, 'scene' AS by, CASE r.event WHEN 'opened' THEN 'planted' ELSE 'resolved' END AS event,
      r.chapter, r.scene, r.filed_at AS at, r.branch, r.scene_id, r.kind, r.text, r.persona_key,
      coalesce(nullif(r.persona, ''), r.persona_key) AS persona, NULL::int AS due_chapter, NULL::int AS due_scene,
      NULL::text AS note, NULL::text AS actor, NULL::text AS source, NULL::text AS item_id, NULL::text AS action_id,
      0::bigint AS n
    FROM obligations r
    WHERE r.plan_id = $1 AND r.branch = ANY($2::text[]) AND r.key = ANY($3::text[]) AND ${tellsOf('r', '$2')}
    UNION ALL
    SELECT d.key, 'blueprint', CASE d.event WHEN 'plants' THEN 'planted' ELSE 'scheduled' END, d.chapter,
      CASE d.event WHEN 'plants' THEN 0 ELSE h.scenes_per_chapter END, d.filed_at, d.branch, NULL, NULL, d.text,
      '${AUTHOR}', (SELECT p.name FROM personas p WHERE p.plan_id = $1 AND p.branch = ANY($2::text[])
        AND p.kind = 'author' ORDER BY array_position($2::text[], p.branch) LIMIT 1),
      NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0
    FROM design_obligations d
    JOIN designs h ON h.plan_id = d.plan_id AND h.branch = d.branch AND h.chapter = d.chapter AND h.revision = d.revision
    WHERE d.plan_id = $1 AND d.branch = ANY($2::text[]) AND d.key = ANY($3::text[]) AND ${designCounts('d', '$2')}
    UNION ALL
    SELECT a.key, 'person', a.event, a.chapter, a.scene, a.at, a.branch, NULL, a.kind, a.text, a.persona_key, a.persona,
      a.due_chapter, a.due_scene, a.note, a.actor, a.source, a.item_id, a.action_id, a.n
    FROM obligation_actions a
    WHERE a.plan_id = $1 AND a.branch = ($2::text[])[1] AND a.key = ANY($3::text[])) t
  ORDER BY t.n, t.chapter, t.scene, t.event, t.at`;
const BOOK = `
  SELECT d.chapters, d.scenes_per_chapter, d.overdue_scenes, d.overdue_hours FROM designs d
  WHERE d.plan_id = $1 AND d.branch = ANY($2::text[]) AND ${designCounts('d', '$2')}
  ORDER BY d.chapter DESC LIMIT 1`;
const WRITTEN = `
  SELECT r.chapter, r.scene, r.branch FROM reflections r
  WHERE r.plan_id = $1 AND r.branch = ANY($2::text[]) AND ${tellsOf('r', '$2')}`;

/** What happened to obligations, as a branch sees it now. */
@Injectable()
export class TurnsRepository {
  constructor(private readonly database: Database) {}

  async turns(
    planId: string,
    lineage: Lineage,
    keys: readonly string[],
    reader: Reader = this.database,
  ): Promise<Map<string, Turn[]>> {
    const rows = keys.length === 0 ? [] : await reader.query<TurnRow>(TURNS, [planId, lineage, keys]);
    const turns = new Map<string, Turn[]>();
    for (const row of rows) turns.set(row.key, [...(turns.get(row.key) ?? []), turnOf(row)]);
    return turns;
  }

  /** Undefined before any chapter of the branch is designed. */
  async book(planId: string, lineage: Lineage, reader: Reader = this.database): Promise<Book | undefined> {
    const [row] = await reader.query<{
      chapters: number;
      scenes_per_chapter: number;
      overdue_scenes: number;
      overdue_hours: number;
    }>(BOOK, [planId, lineage]);
    return (
      row && {
        chapters: row.chapters,
        scenesPerChapter: row.scenes_per_chapter,
        terms: { scenes: row.overdue_scenes, hours: row.overdue_hours },
      }
    );
  }

  async written(planId: string, lineage: Lineage, reader: Reader = this.database): Promise<Written> {
    const rows = await reader.query<{ chapter: number; scene: number; branch: string }>(WRITTEN, [planId, lineage]);
    return new Map(rows.map((row) => [placeKey(row), row.branch]));
  }
}

function turnOf(row: TurnRow): Turn {
  const { by, event, chapter, scene, at, branch, kind, text, persona, note, actor, source } = row;
  return {
    by,
    event,
    place: chapter === null || scene === null ? null : { chapter, scene },
    at,
    branch,
    sceneId: row.scene_id,
    kind,
    text,
    personaKey: row.persona_key,
    persona,
    due: row.due_chapter === null || row.due_scene === null ? null : { chapter: row.due_chapter, scene: row.due_scene },
    note,
    actor,
    source,
    itemId: row.item_id,
    actionId: row.action_id,
  };
}
