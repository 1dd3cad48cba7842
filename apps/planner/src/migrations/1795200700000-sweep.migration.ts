import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the sweep looks through, and what it has found. */
export class Sweep1795200700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX items_resumed ON items (resume_requested_at)
        WHERE resume_requested_at IS NOT NULL OR resume_timed_out;
      -- Runs that somewhere are under way and that no item stands for.
      CREATE TABLE orphans (
        run_id text PRIMARY KEY,
        service text NOT NULL,
        plan_id text NOT NULL,
        branch text NOT NULL,
        found_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX items_resumed; DROP TABLE orphans');
  }
}
