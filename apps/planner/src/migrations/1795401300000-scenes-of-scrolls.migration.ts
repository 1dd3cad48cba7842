import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The scenes of a scroll are asked for by its id, chapter by chapter: without an index all scenes of the book were read each time. */
export class ScenesOfScrolls1795401300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX scenes_of_scroll ON scenes (scroll_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX scenes_of_scroll');
  }
}
