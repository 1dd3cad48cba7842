import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events are kept as the texts they come as: nothing asks for their parts, and `jsonb` takes each apart only to put it
 * together again. The table is written anew, which takes a second for some thirty thousand events.
 */
export class PlainDocuments1795401000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL statement_timeout = 0;
      ALTER TABLE events ALTER COLUMN document TYPE text USING document::text;
      DO $$ BEGIN
        -- A column of another type has lost how it was compressed.
        ALTER TABLE events ALTER COLUMN document SET COMPRESSION lz4;
      EXCEPTION WHEN feature_not_supported OR undefined_column OR syntax_error THEN
        RAISE NOTICE 'lz4 is not there; events are compressed the default way';
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events ALTER COLUMN document TYPE jsonb USING document::jsonb');
  }
}
