import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scenes whose style is filed and not yet scored, with what scoring them needs: a scene does not wait for its score. */
export class DriftUnscored1795300800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE drift_unscored (
        plan_id text NOT NULL,
        branch text NOT NULL,
        scene_id text NOT NULL,
        revision int NOT NULL,
        pov text NOT NULL,
        samples jsonb NOT NULL,
        threshold double precision NOT NULL,
        PRIMARY KEY (plan_id, branch, scene_id, revision)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE drift_unscored');
  }
}
