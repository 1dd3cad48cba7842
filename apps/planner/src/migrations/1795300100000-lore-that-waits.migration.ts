import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lore that waits for its release, and items that wait for nothing but lore. */
export class LoreThatWaits1795300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE items
        -- Lore that is not handed out before somebody, or the clock, says so; counts 1 in pending.
        ADD COLUMN awaits_release boolean NOT NULL DEFAULT false,
        -- Of what it waits for, the items that establish lore.
        ADD COLUMN pending_lore int NOT NULL DEFAULT 0 CHECK (pending_lore >= 0),
        -- It was woken before it was known to have stopped; it goes on as soon as that is known.
        ADD COLUMN woken boolean NOT NULL DEFAULT false;
      UPDATE items SET pending_lore = waiting.count
        FROM (SELECT d.item_id, count(*)::int AS count FROM dependencies d JOIN items l ON l.id = d.depends_on
          WHERE l.phase = 'lore' AND l.status <> 'complete' GROUP BY d.item_id) AS waiting
        WHERE items.id = waiting.item_id;

      DROP INDEX items_ready;
      CREATE INDEX items_to_move ON items (plan_id, branch)
        WHERE pending = pending_lore AND status IN ('pending', 'ready', 'blocked');
      CREATE INDEX items_without_lore ON items (changed_at) WHERE reason_code = 'LORE_NOT_READY';

      ALTER TABLE lore_needs
        ADD COLUMN kind text NOT NULL DEFAULT 'entry' CHECK (kind IN ('entry', 'contradiction')),
        ADD COLUMN why text NOT NULL DEFAULT '',
        -- Needs that mean the same have the same.
        ADD COLUMN meaning text;
      UPDATE lore_needs SET meaning = domain || E'\\n' || btrim(regexp_replace(
        regexp_replace(regexp_replace(lower(name), '[[:punct:][:space:]]+', ' ', 'g'), '^ ', ''), '^(the|a|an) ', ''));
      ALTER TABLE lore_needs ALTER COLUMN meaning SET NOT NULL;
      CREATE INDEX lore_needs_by_meaning ON lore_needs (plan_id, meaning);
      CREATE INDEX lore_needs_of_place ON lore_needs (plan_id, coalesce(chapter, 0), coalesce(scene, 0));
      -- One requirement may be asked for by a scroll, its scene and a person.
      DROP INDEX lore_needs_once;
      CREATE UNIQUE INDEX lore_needs_once
        ON lore_needs (plan_id, branch, coalesce(chapter, 0), coalesce(scene, 0), requirement_id, run_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('What waits for lore cannot be told from the rest any more once this is gone.');
  }
}
