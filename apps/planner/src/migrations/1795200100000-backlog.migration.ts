import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people need to see, stop and resume items. */
export class Backlog1795200100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE items
        ADD COLUMN reason_code text,
        -- How often somebody has resumed the revision.
        ADD COLUMN resumption int NOT NULL DEFAULT 0,
        ADD COLUMN attempts int NOT NULL DEFAULT 0,
        -- Of a resume that named another one than the brief: {provider, model}.
        ADD COLUMN binding jsonb,
        -- What was cancelled with its plan ('plan') or branch ('branch') goes on with it.
        ADD COLUMN held_by text CHECK (held_by IN ('plan', 'branch')),
        ADD COLUMN resume_requested_at timestamptz,
        ADD COLUMN resume_timed_out boolean NOT NULL DEFAULT false,
        -- When the sweep last asked after it.
        ADD COLUMN swept_at timestamptz,
        -- Where it belongs in the making of the book; sorts as text.
        ADD COLUMN place text GENERATED ALWAYS AS (
          CASE phase
            WHEN 'vision' THEN '0'
            WHEN 'world' THEN '1'
            WHEN 'planner' THEN '3.' || lpad(target ->> 'passIndex', 4, '0')
            WHEN 'blueprint' THEN '4.' || lpad(target ->> 'chapter', 4, '0') || '.0'
            WHEN 'scroll' THEN '4.' || lpad(target ->> 'chapter', 4, '0') || '.2'
            WHEN 'scene' THEN '4.' || lpad(target ->> 'chapter', 4, '0') || '.3.' || lpad(target ->> 'scene', 4, '0') || '.1'
            ELSE CASE
              WHEN target ->> 'requirementId' ~ '-c\\d+-s\\d+-lore-\\d+$' THEN
                '4.' || lpad(substring(target ->> 'requirementId' FROM '-c(\\d+)-s\\d+-lore-\\d+$'), 4, '0') || '.3.' ||
                lpad(substring(target ->> 'requirementId' FROM '-s(\\d+)-lore-\\d+$'), 4, '0') || '.0.' ||
                lpad(substring(target ->> 'requirementId' FROM '-lore-(\\d+)$'), 4, '0')
              WHEN target ->> 'requirementId' ~ '-c\\d+-lore-\\d+$' THEN
                '4.' || lpad(substring(target ->> 'requirementId' FROM '-c(\\d+)-lore-\\d+$'), 4, '0') || '.1.' ||
                lpad(substring(target ->> 'requirementId' FROM '-lore-(\\d+)$'), 4, '0')
              ELSE '2.' || coalesce(lpad(substring(target ->> 'requirementId' FROM '-lore-(\\d+)$'), 4, '0'), '')
            END
          END) STORED;

      CREATE INDEX items_newest ON items (plan_id, branch, changed_at DESC, id DESC);
      CREATE INDEX items_in_order ON items (plan_id, branch, (place COLLATE "C"), id);
      CREATE INDEX items_under_way ON items (changed_at) WHERE status IN ('queued', 'running');

      -- Who did, or wanted to do, what.
      CREATE TABLE actions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        action text NOT NULL,
        plan_id text NOT NULL,
        branch text,
        item_id text,
        item_ids text[] NOT NULL DEFAULT '{}',
        actor text NOT NULL,
        source text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused')),
        code text,
        message text NOT NULL,
        idempotency_key text,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX actions_of_plan ON actions (plan_id, id DESC);
      CREATE INDEX actions_of_item ON actions (item_id, id DESC) WHERE item_id IS NOT NULL;
      CREATE UNIQUE INDEX actions_once ON actions (plan_id, idempotency_key)
        WHERE idempotency_key IS NOT NULL AND outcome = 'accepted';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE actions;
      DROP INDEX items_newest, items_in_order, items_under_way;
      ALTER TABLE items DROP COLUMN place, DROP COLUMN reason_code, DROP COLUMN resumption, DROP COLUMN attempts,
        DROP COLUMN binding, DROP COLUMN held_by, DROP COLUMN resume_requested_at, DROP COLUMN resume_timed_out,
        DROP COLUMN swept_at;
    `);
  }
}
