import type { fileReflection, RequestOf } from '@fiction/contracts';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { tellsOf } from '../reflections/tells-of';
import type { Queries } from '../telling/entry-reader';
import type { Delta } from './delta';

type Filing = RequestOf<typeof fileReflection>;

/** A locked fact that changes of scenes are against. */
export interface RefusedCause {
  entry_id: string;
  fact_id: string;
}

/** What the scenes of a branch are against, and which scenes. */
export interface StandingCause extends RefusedCause {
  scenes: string[];
}

const NEWEST = `r.revision = (SELECT max(n.revision) FROM reflections n
  WHERE n.plan_id = r.plan_id AND n.branch = r.branch AND n.scene_id = r.scene_id)`;
const STANDING = `
  SELECT r.refused_entry AS entry_id, r.fact_id, array_agg(DISTINCT r.scene_id) AS scenes FROM world_changes r
  WHERE r.refused_entry = ANY($3::text[]) AND r.branch = $2 AND r.plan_id || '' = $1 AND r.refused AND ${NEWEST}
  GROUP BY r.refused_entry, r.fact_id`;
const REFUSED = `
  SELECT r.kind, r.entry_key, r.statement, r.target, r.chapter, r.scene, r.position, r.scene_id FROM world_changes r
  WHERE r.refused_entry = $3 AND r.branch = ANY($2::text[]) AND r.plan_id || '' = $1 AND r.refused AND ${tellsOf('r', '$2')}
  ORDER BY r.chapter, r.scene, r.position`;
const STANDING_OF_SCENE = `
  SELECT DISTINCT r.refused_entry AS entry_id, r.fact_id FROM world_changes r
  WHERE r.plan_id = $1 AND r.branch = $2 AND r.scene_id = $3 AND r.refused AND ${NEWEST}`;

/** Which locked facts the changes of scenes are against. */
@Injectable()
export class DeltasRepository {
  /** The locked facts of these entries that changes of the branch's scenes are against. */
  standing(from: Queries, planId: string, branch: string, entryIds: readonly string[]): Promise<StandingCause[]> {
    return from.query<StandingCause>(STANDING, [planId, branch, entryIds]);
  }

  /** The changes of an entry that were refused, of all scenes that the branch has, in the order of the story. */
  refused(from: Queries, planId: string, lineage: Lineage, entryId: string): Promise<Delta[]> {
    return from.query<Delta>(REFUSED, [planId, lineage, entryId]);
  }

  standingOfScene(from: Queries, { planId, branch, sceneId }: Filing): Promise<RefusedCause[]> {
    return from.query<RefusedCause>(STANDING_OF_SCENE, [planId, branch, sceneId]);
  }
}
