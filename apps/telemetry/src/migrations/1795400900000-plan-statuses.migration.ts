import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each branch of a plan stands, and after which event of the plan's history it came to that. */
export class PlanStatuses1795400900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE plan_events
        ADD COLUMN branch text NOT NULL DEFAULT 'main',
        ADD COLUMN is_primary boolean NOT NULL DEFAULT true;

      CREATE TABLE plan_statuses (
        plan_id text NOT NULL,
        branch text NOT NULL,
        is_primary boolean NOT NULL,
        status text NOT NULL,
        reason text,
        occurred_at timestamptz NOT NULL,
        after_seq bigint NOT NULL,
        PRIMARY KEY (plan_id, branch)
      );
      INSERT INTO plan_statuses (plan_id, branch, is_primary, status, reason, occurred_at, after_seq)
      SELECT plan_id, 'main', true, status, reason, status_at, last_seq FROM plans
      WHERE status IS NOT NULL AND status_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE plan_statuses;
      ALTER TABLE plan_events DROP COLUMN branch, DROP COLUMN is_primary`);
  }
}
