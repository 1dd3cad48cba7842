import type { SceneDrift } from '@fiction/contracts';
import { Database, unindexed, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { unpackStyle, type PackedStyle, type Style } from '@fiction/stylometry';
import { Injectable } from '@nestjs/common';
import { tellsOf } from '../reflections/tells-of';
import { AUTHOR, memoryKey } from './drift-persona';

export interface SceneStyle {
  branch: string;
  scene_id: string;
  revision: number;
  chapter: number;
  scene: number;
  style: Style;
}

/** As it is kept. */
type PackedRow = Omit<SceneStyle, 'style'> & { style: PackedStyle };

export interface SceneMemory extends Omit<SceneStyle, 'style'> {
  position: number;
  text: string;
  english: boolean;
}

/** A scene that waits to be scored. */
export interface UnscoredScene {
  scene_id: string;
  revision: number;
  pov: string;
  samples: SceneDrift['samples'];
  threshold: number;
}

/** Scenes scored in one transaction, and branches in one go. */
const MOST_SCENES = 500;
const MOST_BRANCHES = 100;

const UNSCORED = `SELECT DISTINCT plan_id AS "planId", branch FROM drift_unscored LIMIT ${MOST_BRANCHES}`;
const TAKE = `
  DELETE FROM drift_unscored WHERE (plan_id, branch, scene_id, revision) IN (
    SELECT plan_id, branch, scene_id, revision FROM drift_unscored WHERE plan_id = $1 AND branch = $2
    ORDER BY scene_id, revision LIMIT ${MOST_SCENES})
  RETURNING scene_id, revision, pov, samples, threshold`;
const COLUMNS = 'f.branch, f.scene_id, f.revision, f.chapter, f.scene';
/** $3: the persona; the author tells every scene. */
const OF_PERSONA = `f.branch = ANY ($2::text[]) AND ($3 = '${AUTHOR}' OR f.pov_persona = $3) AND ${tellsOf('f', '$2')}`;
// All conditions in one CASE, of which PostgreSQL believes that half the scenes meet it. Multiplied, it took them for so rare
// that it sorted all scenes where the first few in the order of the index are enough.
const SCENES = `
  SELECT ${COLUMNS}, f.style FROM drift_styles f WHERE f.plan_id = $1 AND CASE WHEN ${OF_PERSONA} THEN true ELSE false END
  ORDER BY f.chapter, f.scene, f.scene_id LIMIT $4`;
// A few scenes are looked up one by one, by their ids alone, in sub-selects that PostgreSQL does not take apart (OFFSET 0). By
// its statistics of a young book it would read all that there is of the plan, or of a persona, for each of them.
const THE_SCENES = `
  SELECT f.* FROM unnest($4::text[]) AS wanted (scene_id) CROSS JOIN LATERAL (
    SELECT ${COLUMNS}, f.style FROM drift_styles f
    WHERE f.scene_id = wanted.scene_id AND ${unindexed('f.plan_id')} = $1 AND ${OF_PERSONA} OFFSET 0) AS f`;
/** @param from what a persona remembers, as `m` */
const memories = (from: string): string => `
  SELECT ${COLUMNS}, m.position, m.text, f.english FROM ${from} CROSS JOIN LATERAL (
    SELECT ${COLUMNS}, (f.style->>'english')::boolean AS english FROM drift_styles f
    WHERE f.plan_id = m.plan_id AND f.branch = m.branch AND f.scene_id = m.scene_id AND f.revision = m.revision
      AND ${tellsOf('f', '$2')} OFFSET 0) AS f
  ORDER BY f.chapter, f.scene, m.position`;
const MEMORIES = memories(`(
  SELECT m.* FROM memories m WHERE m.plan_id = $1 AND m.branch = ANY ($2::text[]) AND m.persona_key = $3 OFFSET 0) AS m`);
const THE_MEMORIES = memories(`unnest($4::text[]) AS wanted (scene_id) CROSS JOIN LATERAL (
  SELECT m.* FROM memories m WHERE m.scene_id = wanted.scene_id AND ${unindexed('m.plan_id')} = $1
    AND m.branch = ANY ($2::text[]) AND m.persona_key = $3 OFFSET 0) AS m`);
const REMEMBERERS = `
  SELECT m.scene_id, m.revision, min(m.persona) AS name FROM unnest($3::text[]) AS wanted (scene_id) CROSS JOIN LATERAL (
    SELECT m.* FROM memories m WHERE m.scene_id = wanted.scene_id AND ${unindexed('m.plan_id')} = $1 AND m.branch = $2
    OFFSET 0) AS m
  GROUP BY m.scene_id, m.revision, m.persona_key ORDER BY m.scene_id, m.revision, m.persona_key`;

/** How scenes are written, in numbers; and the memories, whose words are measured when they are needed. */
@Injectable()
export class StylesRepository {
  constructor(private readonly database: Database) {}

  /** Branches with scenes that wait to be scored. */
  async unscoredBranches(): Promise<{ planId: string; branch: string }[]> {
    return this.database.query(UNSCORED);
  }

  /** Scenes of a branch that wait to be scored; they wait no longer once this is committed. */
  async takeUnscored(uow: UnitOfWork, planId: string, branch: string): Promise<UnscoredScene[]> {
    return uow.query<UnscoredScene>(TAKE, [planId, branch]);
  }

  /** The scenes that tell of a persona on a branch, in the order of the story; the first `most` of them. */
  async scenes(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    persona: string,
    most: number | null,
  ): Promise<SceneStyle[]> {
    return unpacked(await uow.query<PackedRow>(SCENES, [planId, lineage, persona, most]));
  }

  /** Of these scenes those that tell of the persona and count. */
  async theScenes(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    persona: string,
    sceneIds: string[],
  ): Promise<SceneStyle[]> {
    return unpacked(await uow.query<PackedRow>(THE_SCENES, [planId, lineage, persona, sceneIds]));
  }

  /** What a persona remembers of these scenes, or of all. */
  async memories(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    persona: string,
    sceneIds: string[] | null,
  ): Promise<SceneMemory[]> {
    const key = memoryKey(persona);
    if (key === null) return [];
    return sceneIds === null
      ? uow.query<SceneMemory>(MEMORIES, [planId, lineage, key])
      : uow.query<SceneMemory>(THE_MEMORIES, [planId, lineage, key, sceneIds]);
  }

  /** Who remembers scenes. */
  async rememberers(
    uow: UnitOfWork,
    planId: string,
    branch: string,
    scenes: readonly UnscoredScene[],
  ): Promise<{ scene_id: string; revision: number; name: string }[]> {
    return uow.query(REMEMBERERS, [planId, branch, scenes.map((scene) => scene.scene_id)]);
  }
}

function unpacked(rows: PackedRow[]): SceneStyle[] {
  return rows.map((row) => ({ ...row, style: unpackStyle(row.style) }));
}
