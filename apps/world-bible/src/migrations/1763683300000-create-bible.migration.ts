import { MESSAGING_TABLES } from '@fiction/messaging';
import { RUNTIME_TABLES } from '@fiction/runtime';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * `worlds` says that a world stands; its `edition` counts every change of what all scenes share, for caches to notice.
 * `key` columns hold names as they are compared (see names/name-key); the C collation orders them alike everywhere.
 */
const BIBLE_TABLES = `
  CREATE TABLE worlds (
    plan_id text NOT NULL,
    branch text NOT NULL,
    edition int NOT NULL,
    run_id text NOT NULL,
    revision int NOT NULL,
    premise_names jsonb NOT NULL,
    completed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (plan_id, branch)
  );

  CREATE TABLE entries (
    id text PRIMARY KEY,
    plan_id text NOT NULL,
    branch text NOT NULL,
    type text NOT NULL,
    key text COLLATE "C" NOT NULL,
    UNIQUE (plan_id, branch, key, type)
  );

  CREATE TABLE entry_versions (
    entry_id text NOT NULL REFERENCES entries (id),
    version int NOT NULL,
    plan_id text NOT NULL,
    branch text NOT NULL,
    source text NOT NULL CHECK (source IN ('brief', 'world', 'lore', 'reflection', 'person')),
    source_ref text NOT NULL,
    from_point text NOT NULL,
    name text NOT NULL,
    aliases jsonb NOT NULL,
    summary text NOT NULL,
    facts jsonb NOT NULL,
    relations jsonb NOT NULL,
    locked boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (entry_id, version),
    UNIQUE (entry_id, source, source_ref)
  );
  CREATE UNIQUE INDEX entry_versions_of_lore ON entry_versions (plan_id, branch, source_ref) WHERE source = 'lore';
  CREATE INDEX entry_versions_of_plan ON entry_versions (plan_id, branch, entry_id);

  CREATE TABLE personas (
    plan_id text NOT NULL,
    branch text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('author', 'character')),
    key text COLLATE "C" NOT NULL,
    name text NOT NULL,
    baseline text NOT NULL,
    PRIMARY KEY (plan_id, branch, kind, key)
  );
  CREATE TABLE roster (
    plan_id text NOT NULL,
    branch text NOT NULL,
    key text COLLATE "C" NOT NULL,
    position int NOT NULL,
    member jsonb NOT NULL,
    PRIMARY KEY (plan_id, branch, key)
  );
`;

/* What accepted scenes have changed. Of a scene's revisions the newest counts; older ones stay as history. */
const REFLECTION_TABLES = `
  CREATE TABLE reflections (
    plan_id text NOT NULL,
    branch text NOT NULL,
    scene_id text NOT NULL,
    revision int NOT NULL,
    chapter int NOT NULL,
    scene int NOT NULL,
    pov text NOT NULL,
    body jsonb NOT NULL,
    filed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (plan_id, branch, scene_id, revision)
  );

  CREATE TABLE world_changes (
    plan_id text NOT NULL,
    branch text NOT NULL,
    scene_id text NOT NULL,
    revision int NOT NULL,
    position int NOT NULL,
    chapter int NOT NULL,
    scene int NOT NULL,
    entry_key text COLLATE "C" NOT NULL,
    entry text NOT NULL,
    statement text NOT NULL,
    quote text NOT NULL,
    PRIMARY KEY (plan_id, branch, scene_id, revision, position)
  );
  CREATE INDEX world_changes_of_entry ON world_changes (plan_id, branch, entry_key, chapter, scene, position);

  CREATE TABLE memories (
    plan_id text NOT NULL,
    branch text NOT NULL,
    scene_id text NOT NULL,
    revision int NOT NULL,
    position int NOT NULL,
    chapter int NOT NULL,
    scene int NOT NULL,
    persona_key text COLLATE "C" NOT NULL,
    persona text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (plan_id, branch, scene_id, revision, position)
  );
  CREATE INDEX memories_of_persona ON memories (plan_id, branch, persona_key, chapter, scene, position);

  CREATE TABLE obligations (
    plan_id text NOT NULL,
    branch text NOT NULL,
    scene_id text NOT NULL,
    revision int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('opened', 'resolved')),
    position int NOT NULL,
    chapter int NOT NULL,
    scene int NOT NULL,
    persona_key text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (plan_id, branch, scene_id, revision, kind, position)
  );
  CREATE INDEX obligations_opened ON obligations (plan_id, branch, persona_key, chapter, scene, position)
    WHERE kind = 'opened';
  CREATE INDEX obligations_resolved ON obligations (plan_id, branch, key, chapter, scene) WHERE kind = 'resolved';
`;

const HISTORY_TABLES = ['entry_versions', 'reflections', 'world_changes', 'memories', 'obligations'];

const IMMUTABLE = `
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of % are history and never change', TG_TABLE_NAME; END $$;
  ${HISTORY_TABLES.map(
    (table) =>
      `CREATE TRIGGER ${table}_never_change BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();`,
  ).join('\n  ')}
`;

/** Messages, runs, the bible and what scenes have changed. */
export class CreateBible1763683300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(RUNTIME_TABLES);
    await runner.query(BIBLE_TABLES);
    await runner.query(REFLECTION_TABLES);
    await runner.query(IMMUTABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE obligations, memories, world_changes, reflections, roster, personas, entry_versions, entries, worlds,
        steps, runs, workers, outbox, inbox, dead_letters CASCADE;
      DROP FUNCTION refuse_change`);
  }
}
