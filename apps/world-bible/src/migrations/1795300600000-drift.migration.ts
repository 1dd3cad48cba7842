import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `drift_styles` are measurements, one for each revision of a scene, and never change. What is worked out of them is
 * worked out again when an earlier scene comes later. `persona` is `author` or `character:` and a name key. In
 * `drift_scores`, `branch` is where it was scored and `written_on` where the scene was written; `position` is -1 for the
 * scene itself and counts its memories from 0.
 */
export class Drift1795300600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE drift_styles (
        plan_id text NOT NULL,
        branch text NOT NULL,
        scene_id text NOT NULL,
        revision int NOT NULL,
        chapter int NOT NULL,
        scene int NOT NULL,
        pov_persona text COLLATE "C" NOT NULL,
        item_id text NOT NULL,
        style jsonb NOT NULL,
        filed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, branch, scene_id, revision)
      );
      CREATE INDEX drift_styles_in_order ON drift_styles (plan_id, chapter, scene);
      CREATE TRIGGER drift_styles_never_change BEFORE UPDATE ON drift_styles
        FOR EACH ROW EXECUTE FUNCTION refuse_change();

      CREATE TABLE drift_baselines (
        plan_id text NOT NULL,
        branch text NOT NULL,
        persona text COLLATE "C" NOT NULL,
        name text NOT NULL,
        source text NOT NULL CHECK (source IN ('sample', 'scenes')),
        scenes int NOT NULL,
        established boolean NOT NULL,
        made_of text NOT NULL,
        threshold double precision NOT NULL,
        alert_open boolean NOT NULL DEFAULT false,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, branch, persona)
      );

      CREATE TABLE drift_scores (
        plan_id text NOT NULL,
        branch text NOT NULL,
        persona text COLLATE "C" NOT NULL,
        written_on text NOT NULL,
        scene_id text NOT NULL,
        revision int NOT NULL,
        position int NOT NULL,
        chapter int NOT NULL,
        scene int NOT NULL,
        text text,
        score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
        confidence double precision NOT NULL,
        establishing boolean NOT NULL,
        parts jsonb NOT NULL,
        scored_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, branch, persona, written_on, scene_id, revision, position)
      );
      CREATE INDEX drift_scores_in_order ON drift_scores (plan_id, persona, chapter, scene, position)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE drift_scores, drift_baselines, drift_styles');
  }
}
