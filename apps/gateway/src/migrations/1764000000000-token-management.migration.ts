import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which tokens were made, by whom, and with which `Idempotency-Key`. */
export class TokenManagement1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_tokens
        ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        ADD COLUMN made_by text,
        ADD COLUMN idempotency_key text,
        ADD COLUMN request_hash text,
        ADD CONSTRAINT access_tokens_made_once UNIQUE (made_by, idempotency_key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_tokens
        DROP COLUMN position, DROP COLUMN made_by, DROP COLUMN idempotency_key, DROP COLUMN request_hash`);
  }
}
