import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Resumes that wait for the end of the attempt they follow: a further migration of every service that runs phases. */
export class HeldStarts1795300700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE held_starts (
        run_id text PRIMARY KEY,
        revision int NOT NULL,
        resumption int NOT NULL,
        start jsonb NOT NULL,
        held_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE held_starts');
  }
}
