import {
  NotFoundError,
  UnknownCursorError,
  type Blueprint,
  type blueprintViewSchema,
  type passViewSchema,
  type PlanPass,
  type SceneDesign,
  type SceneView,
  type ScrollView,
} from '@fiction/contracts';
import { Database, pageOfRows, ReadTogether, SameTick } from '@fiction/platform';
import { sharedOrOwn } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { itemsOfBranch } from '../graph/items-of-branch';
import { SceneLore } from '../lore/scene-lore';

export type PassView = z.infer<typeof passViewSchema>;
export type BlueprintView = z.infer<typeof blueprintViewSchema>;
export type Validation = BlueprintView['validation'];

interface PageQuery {
  planId: string;
  branch: string;
  cursor?: string;
  limit: number;
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const SCENES = `
  SELECT s.id, s.scroll_id, s.chapter, s.scene, s.section, s.design, i.status,
    coalesce((SELECT array_agg(DISTINCT l.requirement_id ORDER BY l.requirement_id) FROM lore_needs l
      WHERE l.plan_id = s.plan_id AND coalesce(l.chapter, 0) = s.chapter AND coalesce(l.scene, 0) = s.scene
        AND l.kind = 'entry' AND ${sharedOrOwn('l', '$2')}), '{}') AS lore_ids
  FROM scenes s JOIN LATERAL (
    SELECT items.status FROM items
    WHERE items.plan_id = s.plan_id AND items.base_id = regexp_replace(s.item_id, '@[^@]*$', '')
      AND ${itemsOfBranch('$2')}
    ORDER BY items.branch = $2 DESC LIMIT 1) i ON true`;

interface SceneRow {
  id: string;
  scroll_id: string;
  chapter: number;
  scene: number;
  section: number;
  design: SceneDesign;
  status: string;
  lore_ids: string[];
}

interface ScrollRow {
  id: string;
  chapter: number;
  of: number;
  blueprint: Blueprint;
  sections: { section: number; title: string }[];
  created_at: Date;
}

const SCROLLS = `
  SELECT c.id, c.chapter, (p.brief ->> 'chapters')::int AS "of", b.blueprint, c.created_at,
    (SELECT json_agg(json_build_object('section', x.section, 'title', x.title) ORDER BY x.section)
      FROM sections x WHERE x.scroll_id = c.id AND x.branch = c.branch) AS sections
  FROM scrolls c JOIN blueprints b ON b.plan_id = c.plan_id AND b.chapter = c.chapter AND ${sharedOrOwn('b', '$2')}
    JOIN plans p ON p.id = c.plan_id`;

const SCROLLS_BY_ID = `${SCROLLS} WHERE c.plan_id = $1 AND ${sharedOrOwn('c', '$2')} AND c.id = ANY($3::text[])`;
const SCENES_OF_SCROLLS = `
  ${SCENES} WHERE s.plan_id = $1 AND ${sharedOrOwn('s', '$2')} AND s.scroll_id = ANY($3::text[])
  ORDER BY s.chapter, s.scene`;
const BLUEPRINTS = `
  SELECT chapter, blueprint FROM blueprints b
  WHERE plan_id = $1 AND ${sharedOrOwn('b', '$2')} AND chapter = ANY($3::int[])`;
const OUTLINE = `
  SELECT pass -> 'chapters' AS chapters FROM plan_passes p WHERE plan_id = $1 AND ${sharedOrOwn('p', '$2')}
  ORDER BY pass_index DESC LIMIT 1`;

type OfBranch = readonly [planId: string, branch: string];
/** A scroll, and the lore that all of its scenes may rely on. */
type ReadScroll = { scroll: ScrollView; sharedLoreIds: string[] };

/** Reads what the planner's phases have written. */
@Injectable()
export class ArtifactsRepository {
  private readonly outlines = new SameTick<PlanPass['chapters']>();
  private readonly designs = new ReadTogether((of: OfBranch, chapters: number[]) => this.readBlueprints(of, chapters));
  private readonly wholeScrolls = new ReadTogether((of: OfBranch, ids: string[]) => this.readScrolls(of, ids));

  constructor(
    private readonly database: Database,
    private readonly lore: SceneLore,
  ) {}

  async passes(query: PageQuery): Promise<Page<PassView>> {
    const rows = await this.database.query<{ pass_index: number; pass: PlanPass; run_id: string; created_at: Date }>(
      `SELECT pass_index, pass, run_id, created_at FROM plan_passes p
       WHERE plan_id = $1 AND ${sharedOrOwn('p', '$2')} AND pass_index > $3 ORDER BY pass_index LIMIT $4`,
      [query.planId, query.branch, afterNumber(query.cursor), query.limit + 1],
    );
    return paged(rows, query.limit, (row) => String(row.pass_index), toPassView);
  }

  async blueprints(query: PageQuery): Promise<Page<BlueprintView>> {
    const rows = await this.database.query<BlueprintRow>(
      `SELECT chapter, blueprint, validation, run_id, created_at FROM blueprints b
       WHERE plan_id = $1 AND ${sharedOrOwn('b', '$2')} AND chapter > $3 ORDER BY chapter LIMIT $4`,
      [query.planId, query.branch, afterNumber(query.cursor), query.limit + 1],
    );
    return paged(rows, query.limit, (row) => String(row.chapter), toBlueprintView);
  }

  async scrolls(query: PageQuery): Promise<Page<ScrollView>> {
    const rows = await this.database.query<ScrollRow>(
      `${SCROLLS} WHERE c.plan_id = $1 AND ${sharedOrOwn('c', '$2')} AND c.chapter > $3 ORDER BY c.chapter LIMIT $4`,
      [query.planId, query.branch, afterNumber(query.cursor), query.limit + 1],
    );
    const { page, nextCursor } = pageOfRows(rows, query.limit, (last) => String(last.chapter));
    const scenes = await this.database.query<SceneRow>(SCENES_OF_SCROLLS, [
      query.planId,
      query.branch,
      page.map((row) => row.id),
    ]);
    const items = page.map((row) =>
      toScrollView(
        row,
        scenes.filter((scene) => scene.scroll_id === row.id),
      ),
    );
    return { items, nextCursor };
  }

  async scroll(planId: string, branch: string, scrollId: string): Promise<ReadScroll> {
    const scroll = await this.wholeScrolls.get([planId, branch], scrollId);
    if (scroll === undefined) throw new NotFoundError('scroll', scrollId);
    return scroll;
  }

  async scenes(query: PageQuery & { chapter?: number }): Promise<Page<SceneView>> {
    const [chapter, scene] = afterPoint(query.cursor);
    const rows = await this.database.query<SceneRow>(
      `${SCENES} WHERE s.plan_id = $1 AND ${sharedOrOwn('s', '$2')} AND ($3::int IS NULL OR s.chapter = $3)
         AND (s.chapter, s.scene) > ($4, $5) ORDER BY s.chapter, s.scene LIMIT $6`,
      [query.planId, query.branch, query.chapter ?? null, chapter, scene, query.limit + 1],
    );
    return paged(rows, query.limit, (row) => `${row.chapter}.${row.scene}`, toSceneView);
  }

  async scene(planId: string, branch: string, sceneId: string): Promise<SceneView> {
    const [row] = await this.database.query<SceneRow>(
      `${SCENES} WHERE s.plan_id = $1 AND ${sharedOrOwn('s', '$2')} AND s.id = $3`,
      [planId, branch, sceneId],
    );
    if (row === undefined) throw new NotFoundError('scene', sceneId);
    return toSceneView(row);
  }

  /** All passes before `passIndex`, oldest first. */
  async passesBefore(planId: string, branch: string, passIndex: number): Promise<PlanPass[]> {
    const rows = await this.database.query<{ pass: PlanPass }>(
      `SELECT pass FROM plan_passes p WHERE plan_id = $1 AND ${sharedOrOwn('p', '$2')} AND pass_index < $3
       ORDER BY pass_index`,
      [planId, branch, passIndex],
    );
    return rows.map((row) => row.pass);
  }

  /** The chapters as the latest pass has them; none before the first. Read once for all who are begun together. */
  async outline(planId: string, branch: string): Promise<PlanPass['chapters']> {
    return this.outlines.get(`${planId} ${branch}`, async () => {
      const [row] = await this.database.query<{ chapters: PlanPass['chapters'] }>(OUTLINE, [planId, branch]);
      return row?.chapters ?? [];
    });
  }

  /** Read with one statement for all chapters that are begun together. */
  async blueprint(planId: string, branch: string, chapter: number): Promise<Blueprint | undefined> {
    return this.designs.get([planId, branch], chapter);
  }

  private async readBlueprints([planId, branch]: OfBranch, chapters: number[]): Promise<Map<number, Blueprint>> {
    const rows = await this.database.query<{ chapter: number; blueprint: Blueprint }>(BLUEPRINTS, [
      planId,
      branch,
      chapters,
    ]);
    return new Map(rows.map((row) => [row.chapter, row.blueprint]));
  }

  private async readScrolls([planId, branch]: OfBranch, ids: string[]): Promise<Map<string, ReadScroll>> {
    const [rows, scenes] = await Promise.all([
      this.database.query<ScrollRow>(SCROLLS_BY_ID, [planId, branch, ids]),
      this.database.query<SceneRow>(SCENES_OF_SCROLLS, [planId, branch, ids]),
    ]);
    const read = rows.map(async (row): Promise<[string, ReadScroll]> => {
      const sharedLoreIds = await this.lore.sharedIn(planId, branch, row.chapter);
      const own = scenes.filter((scene) => scene.scroll_id === row.id);
      return [row.id, { scroll: toScrollView(row, own), sharedLoreIds }];
    });
    return new Map(await Promise.all(read));
  }
}

interface BlueprintRow {
  chapter: number;
  blueprint: Blueprint;
  validation: Validation;
  run_id: string;
  created_at: Date;
}

function toPassView(row: { pass_index: number; pass: PlanPass; run_id: string; created_at: Date }): PassView {
  return { ...row.pass, passIndex: row.pass_index, runId: row.run_id, createdAt: row.created_at.toISOString() };
}

function toBlueprintView(row: BlueprintRow): BlueprintView {
  const { chapter, blueprint, validation, run_id: runId, created_at: createdAt } = row;
  return { ...blueprint, chapter, validation, runId, createdAt: createdAt.toISOString() };
}

function toSceneView(row: SceneRow): SceneView {
  const { design, chapter, scene, section, status } = row;
  return {
    ...design,
    sceneId: row.id,
    scrollId: row.scroll_id,
    chapter,
    scene,
    section,
    loreIds: row.lore_ids,
    status,
  };
}

function toScrollView(row: ScrollRow, scenes: SceneRow[]): ScrollView {
  const { title, synopsis, plants, payoffs } = row.blueprint;
  return {
    scrollId: row.id,
    chapter: row.chapter,
    of: row.of,
    title,
    synopsis,
    plants,
    payoffs,
    sections: row.sections,
    scenes: scenes.map(toSceneView),
    createdAt: row.created_at.toISOString(),
  };
}

function paged<R, T>(rows: R[], limit: number, cursorOf: (row: R) => string, view: (row: R) => T): Page<T> {
  const { page, nextCursor } = pageOfRows(rows, limit, cursorOf);
  return { items: page.map(view), nextCursor };
}

function afterNumber(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw new UnknownCursorError();
  return Number(cursor);
}

function afterPoint(cursor: string | undefined): [number, number] {
  if (cursor === undefined) return [0, 0];
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor);
  if (match === null) throw new UnknownCursorError();
  return [Number(match[1]), Number(match[2])];
}
