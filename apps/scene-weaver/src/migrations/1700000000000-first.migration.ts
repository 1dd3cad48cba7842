import { MESSAGING_TABLES } from '@fiction/messaging';
import { RUNTIME_TABLES } from '@fiction/runtime';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class First1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(RUNTIME_TABLES);
    await runner.query(`
      CREATE TABLE draft_versions (
        id text PRIMARY KEY,
        plan_id text NOT NULL,
        branch text NOT NULL,
        scene_id text NOT NULL,
        chapter int NOT NULL,
        scene int NOT NULL,
        revision int NOT NULL,
        version int NOT NULL,
        accepted boolean NOT NULL,
        prose text NOT NULL,
        words int NOT NULL,
        metrics jsonb NOT NULL,
        critique jsonb,
        findings jsonb NOT NULL,
        reflection jsonb,
        summary text,
        provider text NOT NULL,
        model text NOT NULL,
        run_id text NOT NULL,
        attempt int NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (scene_id, branch, revision, version)
      );
      -- A scene is accepted once.
      CREATE UNIQUE INDEX accepted_drafts ON draft_versions (plan_id, branch, chapter, scene) WHERE accepted;
      DO $$ BEGIN
        ALTER TABLE draft_versions ALTER COLUMN prose SET COMPRESSION lz4;
      EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE 'lz4 is not there; prose is compressed the default way';
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is not undone; drop the schema instead.');
  }
}
