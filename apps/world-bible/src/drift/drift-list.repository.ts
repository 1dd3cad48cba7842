import { UnknownCursorError, type DriftScore } from '@fiction/contracts';
import { Database, pageOfRows } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { personasBranch } from '../bible/personas-branch';
import { AUTHOR_ROW } from '../personas/persona-id';
import { AUTHOR } from './drift-persona';
import { scoreCounts } from './drift-visible';

export interface PersonaRow {
  persona: string;
  name: string;
  source: 'sample' | 'scenes';
  scenes: number;
  established: boolean;
  threshold: number;
  alert_open: boolean;
}

interface ScoreRow extends Omit<DriftScore, 'sceneId' | 'kind'> {
  scene_id: string;
  position: number;
}

/** As the registry of personas has it; a baseline knows the author by no name. */
const AUTHORS_NAME = `(SELECT p.name FROM personas p WHERE p.plan_id = $1 AND p.branch = ${personasBranch('$1', '$2')}
  AND p.kind = 'author' AND p.key = '${AUTHOR_ROW}')`;
const PERSONAS = `
  SELECT DISTINCT ON (persona) persona, CASE WHEN persona = '${AUTHOR}' THEN coalesce(${AUTHORS_NAME}, name) ELSE name END AS name, source, scenes, established, threshold,
    alert_open AND branch = ($2::text[])[1] AS alert_open
  FROM drift_baselines
  WHERE plan_id = $1 AND branch = ANY ($2::text[]) AND ($3::text IS NULL OR persona = $3) AND persona > $4
  ORDER BY persona, array_position($2::text[], branch) LIMIT $5`;
const COLUMNS = `s.scene_id, s.revision, s.chapter, s.scene, s.position, s.text, s.score, s.confidence, s.establishing, s.parts`;
const LATEST = `
  SELECT ${COLUMNS} FROM drift_scores s WHERE s.plan_id = $1 AND s.persona = $3 AND s.position = -1 AND ${scoreCounts('$2')}
  ORDER BY s.chapter DESC, s.scene DESC LIMIT 1`;
const PAGE = `
  SELECT ${COLUMNS} FROM drift_scores s
  WHERE s.plan_id = $1 AND s.persona = $3 AND (s.chapter, s.scene, s.position) > ($4, $5, $6) AND ${scoreCounts('$2')}
  ORDER BY s.chapter, s.scene, s.position LIMIT $7`;
/** Of any scene, before its first memory. */
const BEFORE_ALL = [-1, -1, -2] as const;

/** What drift has to show. */
@Injectable()
export class DriftListRepository {
  constructor(private readonly database: Database) {}

  async personas(
    planId: string,
    lineage: Lineage,
    persona: string | null,
    after: string,
    limit: number,
  ): Promise<PersonaRow[]> {
    return this.database.query<PersonaRow>(PERSONAS, [planId, lineage, persona, after, limit]);
  }

  async latest(planId: string, lineage: Lineage, persona: string): Promise<DriftScore | null> {
    const [row] = await this.database.query<ScoreRow>(LATEST, [planId, lineage, persona]);
    return row === undefined ? null : asScore(row);
  }

  /** @throws UnknownCursorError */
  async page(planId: string, lineage: Lineage, persona: string, cursor: string | undefined, limit: number) {
    const [chapter, scene, position] = cursor === undefined ? BEFORE_ALL : placeOf(cursor);
    const rows = await this.database.query<ScoreRow>(PAGE, [
      planId,
      lineage,
      persona,
      chapter,
      scene,
      position,
      limit + 1,
    ]);
    const { page, nextCursor } = pageOfRows(
      rows,
      limit,
      (last) => `${last.chapter}.${last.scene}.${last.position + 1}`,
    );
    return { items: page.map(asScore), nextCursor };
  }
}

/** A cursor counts positions from 0, so that it has no sign. */
function placeOf(cursor: string): [number, number, number] {
  const found = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(cursor);
  if (found === null) throw new UnknownCursorError();
  return [Number(found[1]), Number(found[2]), Number(found[3]) - 1];
}

function asScore({ scene_id, position, ...score }: ScoreRow): DriftScore {
  return { ...score, sceneId: scene_id, kind: position === -1 ? 'scene' : 'memory' };
}
