import type { fileReflection, RequestOf } from '@fiction/contracts';
import { Injectable } from '@nestjs/common';
import type { Queries } from '../telling/entry-reader';

type Filing = RequestOf<typeof fileReflection>;

/** A locked fact that changes of scenes are against. */
export interface RefusedCause {
  entry_id: string;
  fact_id: string;
}

const NEWEST = `r.revision = (SELECT max(n.revision) FROM reflections n
  WHERE n.plan_id = r.plan_id AND n.branch = r.branch AND n.scene_id = r.scene_id)`;
const STANDING = `
  SELECT DISTINCT r.refused_entry AS entry_id, r.fact_id FROM world_changes r
  WHERE r.refused_entry = ANY($3::text[]) AND r.branch = $2 AND r.plan_id || '' = $1 AND r.refused AND ${NEWEST}`;
const STANDING_OF_SCENE = `
  SELECT DISTINCT r.refused_entry AS entry_id, r.fact_id FROM world_changes r
  WHERE r.plan_id = $1 AND r.branch = $2 AND r.scene_id = $3 AND r.refused AND ${NEWEST}`;

/** Which locked facts the changes of scenes are against. */
@Injectable()
export class DeltasRepository {
  /** The locked facts of these entries that changes of the branch's scenes are against. */
  standing(from: Queries, planId: string, branch: string, entryIds: readonly string[]): Promise<RefusedCause[]> {
    return from.query<RefusedCause>(STANDING, [planId, branch, entryIds]);
  }

  standingOfScene(from: Queries, { planId, branch, sceneId }: Filing): Promise<RefusedCause[]> {
    return from.query<RefusedCause>(STANDING_OF_SCENE, [planId, branch, sceneId]);
  }
}
