import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What resuming needs: the second migration of every service that runs phases. */
export class ResumeRuns1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs ADD COLUMN resumption int NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs DROP COLUMN resumption');
  }
}
