import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An entry is the same on every branch of its plan, as scenes and requirements are; its versions belong to branches, and
 * each branch counts its own on from those it shares.
 */
export class BibleOfBranches1795200400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entries DROP COLUMN branch, ADD UNIQUE (plan_id, key, type);
      ALTER TABLE entry_versions
        DROP CONSTRAINT entry_versions_pkey,
        ADD PRIMARY KEY (entry_id, branch, version),
        DROP CONSTRAINT entry_versions_entry_id_source_source_ref_key,
        ADD UNIQUE (entry_id, branch, source, source_ref)`);
  }

  async down(): Promise<void> {
    throw new Error('Branches may have versions of one entry by now; that is not undone.');
  }
}
