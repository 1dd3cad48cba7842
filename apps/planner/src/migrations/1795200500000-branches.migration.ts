import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Branches: each with its brief, its own items, and what it shares with the branches before it. */
export class Branches1795200500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE plans ADD COLUMN primary_branch text NOT NULL DEFAULT 'main';

      -- The status of the primary branch is that of its plan; this one is of the others.
      ALTER TABLE branches
        ADD COLUMN brief jsonb,
        -- What a chapter is to be like, by its number.
        ADD COLUMN directions jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN fork_item text,
        ADD COLUMN created_by text NOT NULL DEFAULT '',
        ADD COLUMN status text NOT NULL DEFAULT 'running'
          CHECK (status IN ('running', 'paused', 'complete', 'failed', 'archived')),
        ADD COLUMN status_reason text,
        -- Own items that are not complete; at 0 so is the branch.
        ADD COLUMN open_items int NOT NULL DEFAULT 0;
      UPDATE branches SET brief = plans.brief, open_items = plans.open_items, created_by = plans.created_by
        FROM plans WHERE plans.id = branches.plan_id;
      ALTER TABLE branches ALTER COLUMN brief SET NOT NULL;
      ALTER TABLE plans DROP COLUMN open_items;

      CREATE TABLE visions (
        plan_id text NOT NULL,
        branch text NOT NULL,
        vision jsonb NOT NULL,
        run_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, branch)
      );
      INSERT INTO visions (plan_id, branch, vision, run_id)
        SELECT id, 'main', vision, 'fiction:vision:' || id FROM plans WHERE vision IS NOT NULL;
      ALTER TABLE plans DROP COLUMN vision;

      -- Items of the branches before it that a branch shares; all of them complete.
      CREATE TABLE shared_items (
        plan_id text NOT NULL,
        branch text NOT NULL,
        item_id text NOT NULL REFERENCES items (id),
        PRIMARY KEY (plan_id, branch, item_id)
      );
      -- The same on every branch.
      ALTER TABLE items ADD COLUMN base_id text GENERATED ALWAYS AS (regexp_replace(id, '@[^@]*$', '')) STORED;
      CREATE INDEX items_by_base ON items (plan_id, base_id);

      -- Ids of scrolls and scenes are the same on every branch.
      ALTER TABLE sections DROP CONSTRAINT sections_scroll_id_fkey, DROP CONSTRAINT sections_pkey,
        ADD COLUMN branch text NOT NULL DEFAULT 'main';
      ALTER TABLE sections ALTER COLUMN branch DROP DEFAULT, ADD PRIMARY KEY (scroll_id, branch, section);
      ALTER TABLE scenes DROP CONSTRAINT scenes_scroll_id_fkey, DROP CONSTRAINT scenes_pkey, ADD PRIMARY KEY (id, branch),
        ADD COLUMN run_id text;
      ALTER TABLE scrolls DROP CONSTRAINT scrolls_pkey, ADD PRIMARY KEY (id, branch);
      UPDATE scenes SET run_id = scrolls.run_id FROM scrolls
        WHERE scrolls.id = scenes.scroll_id AND scrolls.branch = scenes.branch;
      ALTER TABLE scenes ALTER COLUMN run_id SET NOT NULL;

      -- The run whose artifact asks for it.
      ALTER TABLE lore_needs ADD COLUMN run_id text;
      UPDATE lore_needs SET run_id = CASE
        WHEN chapter IS NULL THEN 'fiction:vision:' || plan_id
        WHEN scene IS NULL THEN 'fiction:blueprint:' || plan_id || ':' || chapter
        ELSE 'fiction:scroll:' || plan_id || '-c' || lpad(chapter::text, 3, '0') END;
      ALTER TABLE lore_needs ALTER COLUMN run_id SET NOT NULL;
      CREATE INDEX lore_needs_by_requirement ON lore_needs (plan_id, requirement_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Branches cannot be taken back: what they have written has no other place.');
  }
}
