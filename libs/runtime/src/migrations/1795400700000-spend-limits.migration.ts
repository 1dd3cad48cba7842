import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to what a run may spend: a further migration of every service that runs phases. */
export class SpendLimits1795400700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs ADD COLUMN spend_limit jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs DROP COLUMN spend_limit');
  }
}
