import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What steps asked and got is kept as text: PostgreSQL read each of these long documents through to see that it is JSON,
 * which the journal has just made. Who wants their parts says `::json`. A further migration of every service that runs
 * phases; the table is written anew, which takes about a second for 4,000 steps of long prompts.
 */
export class PlainSteps1795401100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL statement_timeout = 0;
      ALTER TABLE steps ALTER COLUMN request TYPE text USING request::text,
        ALTER COLUMN response TYPE text USING response::text, ALTER COLUMN result TYPE text USING result::text;
      DO $$ BEGIN
        -- A column of another type has lost how it was compressed.
        ALTER TABLE steps ALTER COLUMN request SET COMPRESSION lz4, ALTER COLUMN response SET COMPRESSION lz4,
          ALTER COLUMN result SET COMPRESSION lz4;
      EXCEPTION WHEN feature_not_supported OR undefined_column OR syntax_error THEN
        RAISE NOTICE 'lz4 is not there; steps are compressed the default way';
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE steps ALTER COLUMN request TYPE json USING request::json,
        ALTER COLUMN response TYPE json USING response::json, ALTER COLUMN result TYPE json USING result::json`);
  }
}
