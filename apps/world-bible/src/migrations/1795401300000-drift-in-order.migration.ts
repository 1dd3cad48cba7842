import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first scenes of a persona are read in the order of an index: one that ended before `scene_id` had all of them sorted.
 * And a few scenes are looked up by their ids alone, which no index began with.
 */
export class DriftInOrder1795401300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX drift_styles_in_order;
      CREATE INDEX drift_styles_in_order ON drift_styles (plan_id, chapter, scene, scene_id);
      CREATE INDEX drift_styles_of_scene ON drift_styles (scene_id);
      CREATE INDEX memories_of_scene ON memories (scene_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX memories_of_scene, drift_styles_of_scene, drift_styles_in_order;
      CREATE INDEX drift_styles_in_order ON drift_styles (plan_id, chapter, scene)`);
  }
}
