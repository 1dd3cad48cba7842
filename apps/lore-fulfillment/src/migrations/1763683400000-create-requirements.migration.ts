import { MESSAGING_TABLES } from '@fiction/messaging';
import { RUNTIME_TABLES } from '@fiction/runtime';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * A requirement whose run has failed is shown as failed without being told: the state is derived, so that it also
 * becomes right again when the run is resumed.
 */
const REQUIREMENT_TABLES = `
  CREATE TABLE requirements (
    id text PRIMARY KEY,
    plan_id text NOT NULL,
    branch text NOT NULL,
    domain text NOT NULL,
    name text NOT NULL,
    why text NOT NULL,
    chapter int,
    scene int,
    source text NOT NULL,
    status text NOT NULL
      CHECK (status IN ('planned', 'blocked', 'requested', 'drafted', 'ready', 'rejected', 'failed')),
    run_id text,
    entry_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 70);
  CREATE INDEX requirements_of_plan
    ON requirements (plan_id, branch, coalesce(chapter, 0), coalesce(scene, 0), id COLLATE "C");

  CREATE VIEW requirement_states AS
    SELECT r.id, r.plan_id, r.branch, r.domain, r.name, r.why, r.chapter, r.scene, r.source, r.entry_id, r.created_at,
      CASE WHEN r.status IN ('requested', 'drafted') AND runs.status = 'failed' THEN 'failed' ELSE r.status END AS status,
      CASE WHEN r.status IN ('requested', 'drafted') AND runs.status = 'failed'
        THEN greatest(r.updated_at, runs.finished_at) ELSE r.updated_at END AS updated_at
    FROM requirements r LEFT JOIN runs ON runs.id = r.run_id;

  CREATE TABLE requirement_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requirement_id text NOT NULL REFERENCES requirements (id),
    plan_id text NOT NULL,
    branch text NOT NULL,
    status text NOT NULL,
    run_id text,
    source text NOT NULL,
    note text,
    details jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX requirement_events_of_requirement ON requirement_events (requirement_id, id);

  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of % are history and never change', TG_TABLE_NAME; END $$;
  CREATE TRIGGER requirement_events_never_change BEFORE UPDATE ON requirement_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

/** Messages, runs, requirements and their timelines. */
export class CreateRequirements1763683400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(RUNTIME_TABLES);
    await runner.query(REQUIREMENT_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW requirement_states;
      DROP TABLE requirement_events, requirements, steps, runs, workers, outbox, inbox, dead_letters CASCADE;
      DROP FUNCTION refuse_change`);
  }
}
