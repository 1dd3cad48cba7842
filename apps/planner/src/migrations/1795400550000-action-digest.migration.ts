import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What tells an action that is asked for again from another one under the same key. */
export class ActionDigest1795400550000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Actions from before have none: for them their kind and their item count, as they did. The column is there where this
    // was run while its number was 1795400500000.
    await runner.query('ALTER TABLE actions ADD COLUMN IF NOT EXISTS digest text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE actions DROP COLUMN digest');
  }
}
