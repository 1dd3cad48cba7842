import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What tells a brief that is sent again from another one under the same key. */
export class BriefDigest1795200200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Plans from before have none: for them the key alone counts, as it did.
    await runner.query('ALTER TABLE plans ADD COLUMN brief_digest text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE plans DROP COLUMN brief_digest');
  }
}
