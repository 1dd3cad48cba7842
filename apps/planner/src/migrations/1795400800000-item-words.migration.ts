import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many words a complete scene has, so that they can be counted by branch. */
export class ItemWords1795400800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Scenes from before have none: a branch that has some of them does not know its words.
    await runner.query('ALTER TABLE items ADD COLUMN words int');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE items DROP COLUMN words');
  }
}
