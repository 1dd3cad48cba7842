import { MESSAGING_TABLES } from '@fiction/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class First1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is not undone; drop the schema instead.');
  }
}
