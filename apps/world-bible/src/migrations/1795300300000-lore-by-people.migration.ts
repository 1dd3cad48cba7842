import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lore that a person has written instead of the run's model. It stays lore, which only those see who require it; what
 * changes is who is shown as its source.
 */
export class LoreByPeople1795300300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entry_versions ADD COLUMN written_by text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entry_versions DROP COLUMN written_by');
  }
}
