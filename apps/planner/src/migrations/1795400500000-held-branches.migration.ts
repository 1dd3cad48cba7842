import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which branches lore-fulfillment was told last are paused, and how often it was told. */
export class HeldBranches1795400500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE plans ADD COLUMN held text[] NOT NULL DEFAULT '{}', ADD COLUMN holds int NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE plans DROP COLUMN held, DROP COLUMN holds');
  }
}
