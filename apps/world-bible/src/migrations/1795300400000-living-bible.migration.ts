import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Changes that scenes propose get a kind, a place in the prose and, if they were against a locked fact, that fact.
 * `mentions` are what accepted scenes name; `entry_edits` what people have done, of which locks are the newest.
 */
/**
 * Plan and branch in one: an index that begins with `plan_id, branch` would be taken for look-ups of a scene as well, as long
 * as there are no statistics that say how many scenes a branch has.
 */
const BOOK = `(plan_id || '@' || branch)`;

const CHANGES = `
  ALTER TABLE world_changes
    ADD COLUMN kind text NOT NULL DEFAULT 'fact-begins'
      CHECK (kind IN ('fact-begins', 'fact-ends', 'relation-begins', 'relation-ends', 'alias-added')),
    ADD COLUMN target text NOT NULL DEFAULT '',
    ADD COLUMN quote_start int,
    ADD COLUMN quote_end int,
    ADD COLUMN fact_id text,
    ADD COLUMN refused_entry text,
    ADD COLUMN refused boolean NOT NULL DEFAULT false;
  CREATE INDEX world_changes_ends ON world_changes ((${BOOK} || '@' || fact_id), chapter, scene)
    WHERE kind = 'fact-ends' AND NOT refused;
  CREATE INDEX world_changes_names ON world_changes (${BOOK}, chapter, scene, position)
    WHERE kind IN ('alias-added', 'relation-begins', 'relation-ends') AND NOT refused;
  CREATE INDEX world_changes_refused ON world_changes (refused_entry, branch) WHERE refused;
  CREATE INDEX world_changes_of_book ON world_changes (${BOOK}, chapter, scene, position);
  CREATE INDEX reflections_of_book ON reflections (${BOOK}, chapter, scene);
`;

const MENTIONS = `
  CREATE TABLE mentions (
    plan_id text NOT NULL,
    branch text NOT NULL,
    scene_id text NOT NULL,
    revision int NOT NULL,
    chapter int NOT NULL,
    scene int NOT NULL,
    entry_id text NOT NULL,
    count int NOT NULL,
    first_offset int NOT NULL,
    PRIMARY KEY (plan_id, branch, scene_id, revision, entry_id)
  );
  CREATE INDEX mentions_of_entry ON mentions (entry_id, branch, chapter, scene);
  CREATE INDEX mentions_of_book ON mentions (${BOOK}, chapter, scene, entry_id);
`;

/* `ref` is what branches share: it stands where others have the id of a run. */
const EDITS = `
  ALTER TABLE entry_versions ADD COLUMN dropped jsonb NOT NULL DEFAULT '[]';
  CREATE TABLE entry_edits (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref text NOT NULL UNIQUE,
    plan_id text NOT NULL,
    branch text NOT NULL,
    entry_id text NOT NULL REFERENCES entries (id),
    action text NOT NULL CHECK (action IN ('add', 'edit', 'lock', 'unlock')),
    fact_id text,
    fact jsonb,
    actor text NOT NULL,
    source text NOT NULL,
    idempotency_key text,
    digest text NOT NULL,
    edited_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX entry_edits_of_plan ON entry_edits (plan_id, branch, position);
  CREATE UNIQUE INDEX entry_edits_keys ON entry_edits (plan_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
`;

const IMMUTABLE = ['mentions', 'entry_edits']
  .map(
    (table) =>
      `CREATE TRIGGER ${table}_never_change BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();`,
  )
  .join('\n');

/** Typed changes, mentions, and what people edit and lock. */
export class LivingBible1795300400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHANGES);
    await runner.query(MENTIONS);
    await runner.query(EDITS);
    await runner.query(IMMUTABLE);
  }

  async down(): Promise<void> {
    throw new Error('What people have edited and scenes have named would be lost; that is not undone.');
  }
}
