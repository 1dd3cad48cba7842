import type { fileDrift, RequestOf } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import type { Style } from '@fiction/stylometry';
import { Injectable } from '@nestjs/common';
import { tellsOf } from '../reflections/tells-of';
import { AUTHOR, characterPersona, memoryKey } from './drift-persona';

export interface SceneStyle {
  branch: string;
  scene_id: string;
  revision: number;
  chapter: number;
  scene: number;
  style: Style;
}

export interface SceneMemory extends Omit<SceneStyle, 'style'> {
  position: number;
  text: string;
  english: boolean;
}

const FILE = `
  INSERT INTO drift_styles (plan_id, branch, scene_id, revision, chapter, scene, pov_persona, item_id, style)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1`;
const COLUMNS = 'f.branch, f.scene_id, f.revision, f.chapter, f.scene';
/** $3: the persona; the author tells every scene. */
const OF_PERSONA = `
  FROM drift_styles f WHERE f.plan_id = $1 AND f.branch = ANY ($2::text[]) AND ($3 = '${AUTHOR}' OR f.pov_persona = $3)
    AND ${tellsOf('f', '$2')}`;
const SCENES = `SELECT ${COLUMNS}, f.style ${OF_PERSONA} ORDER BY f.chapter, f.scene, f.scene_id LIMIT $4`;
const SCENE = `SELECT ${COLUMNS}, f.style ${OF_PERSONA} AND f.scene_id = $4`;
const MEMORIES = `
  SELECT ${COLUMNS}, m.position, m.text, (f.style->>'english')::boolean AS english
  FROM memories m JOIN drift_styles f ON f.plan_id = m.plan_id AND f.branch = m.branch AND f.scene_id = m.scene_id
    AND f.revision = m.revision
  WHERE m.plan_id = $1 AND m.branch = ANY ($2::text[]) AND m.persona_key = $3 AND ($4::text IS NULL OR m.scene_id = $4)
    AND ${tellsOf('f', '$2')}
  ORDER BY f.chapter, f.scene, m.position`;
const REMEMBERERS = `
  SELECT DISTINCT persona_key AS key, min(persona) AS name FROM memories
  WHERE plan_id = $1 AND branch = $2 AND scene_id = $3 AND revision = $4 GROUP BY persona_key ORDER BY persona_key`;

/** How scenes are written, in numbers; and the memories, whose words are measured when they are needed. */
@Injectable()
export class StylesRepository {
  /** Answers whether it is new. */
  async file(uow: UnitOfWork, filing: RequestOf<typeof fileDrift>): Promise<boolean> {
    const filed = await uow.query(FILE, [
      filing.planId,
      filing.branch,
      filing.sceneId,
      filing.revision,
      filing.chapter,
      filing.scene,
      characterPersona(filing.pov),
      filing.backlogItemId,
      JSON.stringify(filing.style),
    ]);
    return filed.length > 0;
  }

  /** The scenes that tell of a persona on a branch, in the order of the story; the first `most` of them. */
  async scenes(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    persona: string,
    most: number | null,
  ): Promise<SceneStyle[]> {
    return uow.query<SceneStyle>(SCENES, [planId, lineage, persona, most]);
  }

  /** One scene, if it tells of the persona and counts. */
  async scene(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    persona: string,
    sceneId: string,
  ): Promise<SceneStyle[]> {
    return uow.query<SceneStyle>(SCENE, [planId, lineage, persona, sceneId]);
  }

  /** What a persona remembers of one scene, or of all. */
  async memories(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    persona: string,
    sceneId: string | null,
  ): Promise<SceneMemory[]> {
    const key = memoryKey(persona);
    return key === null ? [] : uow.query<SceneMemory>(MEMORIES, [planId, lineage, key, sceneId]);
  }

  /** Who remembers a scene. */
  async rememberers(uow: UnitOfWork, filing: RequestOf<typeof fileDrift>): Promise<{ key: string; name: string }[]> {
    return uow.query(REMEMBERERS, [filing.planId, filing.branch, filing.sceneId, filing.revision]);
  }
}
