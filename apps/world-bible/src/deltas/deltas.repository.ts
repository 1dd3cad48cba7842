import type { fileReflection, RequestOf, WorldChange } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { tellsOf } from '../reflections/tells-of';
import type { Queries } from '../telling/entry-reader';
import { factIdOf } from '../telling/fact-id';
import { nameKey } from '../names/name-key';
import type { EntryMentions } from '../mentions/find-mentions';
import type { Refusal } from './judge-deltas';
import type { Span } from './locate-quote';

import type { Delta } from './delta';

type Filing = RequestOf<typeof fileReflection>;

/** A change with its place in the prose and the judgement of it. */
export interface JudgedChange {
  change: WorldChange;
  /** Null when the prose is not known. */
  span: Span | null;
  refusal: Refusal | undefined;
}

/** A locked fact that changes of scenes are against. */
export interface RefusedCause {
  entry_id: string;
  fact_id: string;
}

/** What the scenes of a branch are against, and which scenes. */
export interface StandingCause extends RefusedCause {
  scenes: string[];
}

const FILE = `
  INSERT INTO world_changes (plan_id, branch, scene_id, revision, chapter, scene, position, kind, entry_key, entry,
    statement, target, quote, quote_start, quote_end, fact_id, refused_entry, refused)
  SELECT $1, $2, $3, $4, $5, $6, c.* FROM unnest($7::int[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
    $13::text[], $14::int[], $15::int[], $16::text[], $17::text[], $18::bool[]) AS c`;
const FILE_MENTIONS = `
  INSERT INTO mentions (plan_id, branch, scene_id, revision, chapter, scene, entry_id, count, first_offset)
  SELECT $1, $2, $3, $4, $5, $6, m.* FROM unnest($7::text[], $8::int[], $9::int[]) AS m`;
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

/** Files what a scene has changed and named, beside its reflection, which says whether that was done before. */
@Injectable()
export class DeltasRepository {
  async file(
    uow: UnitOfWork,
    filing: Filing,
    changes: readonly JudgedChange[],
    mentions: readonly EntryMentions[],
  ): Promise<void> {
    const { planId, branch, sceneId, revision, chapter, scene } = filing;
    const of = [planId, branch, sceneId, revision, chapter, scene];
    if (changes.length > 0) {
      await uow.query(FILE, [
        ...of,
        changes.map((_, position) => position),
        changes.map(({ change }) => change.kind),
        changes.map(({ change }) => nameKey(change.entry)),
        changes.map(({ change }) => change.entry),
        changes.map(({ change }) => change.statement),
        changes.map(({ change }) => change.to),
        changes.map(({ change }) => change.quote),
        changes.map(({ span }) => span?.start ?? null),
        changes.map(({ span }) => span?.end ?? null),
        changes.map(({ change, refusal }) => refusal?.factId ?? factIdOf(change.statement)),
        changes.map(({ refusal }) => refusal?.entryId ?? null),
        changes.map(({ refusal }) => refusal !== undefined),
      ]);
    }
    if (mentions.length > 0) {
      await uow.query(FILE_MENTIONS, [
        ...of,
        mentions.map((mention) => mention.entryId),
        mentions.map((mention) => mention.count),
        mentions.map((mention) => mention.firstOffset),
      ]);
    }
  }

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
