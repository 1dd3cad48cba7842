import type { UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { Baseline } from './baseline';
import { scoreCounts } from './drift-visible';
import type { Scored } from './score-all';

export interface PersonaOnBranch {
  planId: string;
  lineage: Lineage;
  persona: string;
}

/** The nearest branch that has held the persona against a baseline. */
const MADE_OF = `
  SELECT made_of FROM drift_baselines WHERE plan_id = $1 AND branch = ANY ($2::text[]) AND persona = $3
  ORDER BY array_position($2::text[], branch) LIMIT 1`;
const PUT_BASELINE = `
  INSERT INTO drift_baselines (plan_id, branch, persona, name, source, scenes, established, made_of, threshold)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (plan_id, branch, persona) DO UPDATE SET source = excluded.source, scenes = excluded.scenes,
    established = excluded.established, made_of = excluded.made_of, threshold = excluded.threshold, updated_at = now()`;
const PUT_SCORES = `
  INSERT INTO drift_scores (plan_id, branch, persona, written_on, scene_id, revision, position, chapter, scene, text, score,
    confidence, establishing, parts)
  SELECT $1, $2, $3, r.* FROM unnest($4::text[], $5::text[], $6::int[], $7::int[], $8::int[], $9::int[], $10::text[],
    $11::double precision[], $12::double precision[], $13::boolean[], $14::jsonb[]) AS r
  ON CONFLICT (plan_id, branch, persona, written_on, scene_id, revision, position) DO UPDATE SET
    score = excluded.score, confidence = excluded.confidence, establishing = excluded.establishing,
    parts = excluded.parts, scored_at = now()`;
/** The last scene that is clearly on one side: the state after reading the book up to there. */
const STATE = `
  SELECT s.score >= $4 AS drifts FROM drift_scores s
  WHERE s.plan_id = $1 AND s.persona = $3 AND s.position = -1 AND NOT s.establishing AND (s.score >= $4 OR s.score < $5)
    AND ${scoreCounts('$2')}
  ORDER BY s.chapter DESC, s.scene DESC LIMIT 1`;
const DRIFTING_ITEMS = `
  SELECT f.item_id, s.chapter, s.scene, s.score FROM drift_scores s JOIN drift_styles f
    ON f.plan_id = s.plan_id AND f.branch = s.written_on AND f.scene_id = s.scene_id AND f.revision = s.revision
  WHERE s.plan_id = $1 AND s.persona = $3 AND s.position = -1 AND NOT s.establishing AND s.score >= $4
    AND ${scoreCounts('$2')}
  ORDER BY s.chapter DESC, s.scene DESC LIMIT $5`;
const SWITCH = `
  UPDATE drift_baselines SET alert_open = $4 WHERE plan_id = $1 AND branch = $2 AND persona = $3 AND alert_open <> $4
  RETURNING 1`;

/** What was worked out of the styles, and whether an alert stands. */
@Injectable()
export class ScoresRepository {
  async madeOf(uow: UnitOfWork, { planId, lineage, persona }: PersonaOnBranch): Promise<string | undefined> {
    const [row] = await uow.query<{ made_of: string }>(MADE_OF, [planId, lineage, persona]);
    return row?.made_of;
  }

  async putBaseline(
    uow: UnitOfWork,
    { planId, lineage, persona }: PersonaOnBranch,
    { source, scenes, profile, madeOf }: Baseline,
    { name, threshold }: { name: string; threshold: number },
  ): Promise<void> {
    const established = profile !== null;
    await uow.query(PUT_BASELINE, [
      planId,
      lineage[0],
      persona,
      name,
      source,
      scenes.length,
      established,
      madeOf,
      threshold,
    ]);
  }

  async put(uow: UnitOfWork, { planId, lineage, persona }: PersonaOnBranch, scored: readonly Scored[]): Promise<void> {
    if (scored.length === 0) return;
    await uow.query(PUT_SCORES, [
      planId,
      lineage[0],
      persona,
      scored.map(({ branch }) => branch),
      scored.map(({ scene_id }) => scene_id),
      scored.map(({ revision }) => revision),
      scored.map(({ position }) => position),
      scored.map(({ chapter }) => chapter),
      scored.map(({ scene }) => scene),
      scored.map(({ text }) => text),
      scored.map(({ drift }) => drift.score),
      scored.map(({ drift }) => drift.confidence),
      scored.map(({ establishing }) => establishing),
      scored.map(({ drift }) => JSON.stringify(drift.parts)),
    ]);
  }

  /** Whether the persona has drifted by the end of what is written. */
  async drifts(
    uow: UnitOfWork,
    { planId, lineage, persona }: PersonaOnBranch,
    opens: number,
    closes: number,
  ): Promise<boolean> {
    const [row] = await uow.query<{ drifts: boolean }>(STATE, [planId, lineage, persona, opens, closes]);
    return row?.drifts ?? false;
  }

  /** The scenes past the threshold, latest first. */
  async driftingItems(uow: UnitOfWork, { planId, lineage, persona }: PersonaOnBranch, threshold: number, most: number) {
    return uow.query<{ item_id: string; chapter: number; scene: number; score: number }>(DRIFTING_ITEMS, [
      planId,
      lineage,
      persona,
      threshold,
      most,
    ]);
  }

  /** Answers whether that was a change. */
  async switchAlert(uow: UnitOfWork, { planId, lineage, persona }: PersonaOnBranch, open: boolean): Promise<boolean> {
    return (await uow.query(SWITCH, [planId, lineage[0], persona, open])).length > 0;
  }
}
