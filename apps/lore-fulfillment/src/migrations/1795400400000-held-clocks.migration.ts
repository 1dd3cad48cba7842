import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Branches that are paused and since when: their clocks stand still. */
export class HeldClocks1795400400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE plan_holds (plan_id text PRIMARY KEY, number int NOT NULL);
      CREATE TABLE held_branches (
        plan_id text NOT NULL,
        branch text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (plan_id, branch)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE held_branches, plan_holds');
  }
}
