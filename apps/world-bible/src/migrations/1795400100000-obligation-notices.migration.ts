import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the watch of obligations is to look at, in place of a mark on the branch: a row is added for whatever may have brought
 * something about, and taken by the watch, so that scenes of one branch do not wait for each other.
 */
export class ObligationNotices1795400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE obligation_notices (
        plan_id text NOT NULL,
        branch text NOT NULL
      );
      CREATE INDEX obligation_notices_of_branch ON obligation_notices (plan_id, branch);
      INSERT INTO obligation_notices (plan_id, branch) SELECT plan_id, branch FROM obligation_branches WHERE dirty;
      ALTER TABLE obligation_branches DROP COLUMN dirty`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE obligation_branches ADD COLUMN dirty boolean NOT NULL DEFAULT true;
      CREATE INDEX obligation_branches_dirty ON obligation_branches (plan_id) WHERE dirty;
      DROP TABLE obligation_notices`);
  }
}
