import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * What a requirement goes by (its terms), what waits for it and since when, and what people decide about it. Timers are
 * rows: `due_at` is when the wait becomes too long, and `breached_at` that it has.
 */
const REQUIREMENTS = `
  DROP VIEW requirement_states;
  ALTER TABLE requirements
    ADD COLUMN kind text NOT NULL DEFAULT 'entry' CHECK (kind IN ('entry', 'contradiction')),
    ADD COLUMN conversation_id text NOT NULL DEFAULT '',
    ADD COLUMN plan_pass_id text,
    ADD COLUMN backlog_item_id text,
    ADD COLUMN policy text NOT NULL DEFAULT 'immediate' CHECK (policy IN ('immediate', 'after-sla', 'manual')),
    ADD COLUMN sla_seconds int NOT NULL DEFAULT 1800,
    ADD COLUMN approval text NOT NULL DEFAULT 'auto' CHECK (approval IN ('auto', 'human')),
    ADD COLUMN blocked_at timestamptz,
    ADD COLUMN due_at timestamptz,
    ADD COLUMN breached_at timestamptz,
    ADD COLUMN draft jsonb,
    ADD COLUMN draft_number int,
    ADD COLUMN waived boolean NOT NULL DEFAULT false,
    -- The resumption of the run whose failure was reported.
    ADD COLUMN alerted_resumption int;
  CREATE INDEX requirements_due ON requirements (due_at)
    WHERE due_at IS NOT NULL AND breached_at IS NULL AND status <> 'ready';
  CREATE INDEX requirements_under_way ON requirements (run_id) WHERE run_id IS NOT NULL AND status <> 'ready';

  -- Without reference to the requirement: what is declared, waited for or supplied first may arrive in any order.
  CREATE TABLE requirement_sources (
    requirement_id text NOT NULL,
    plan_id text NOT NULL,
    branch text NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (requirement_id, branch, source)
  );
  CREATE INDEX requirement_sources_by ON requirement_sources (source);
  INSERT INTO requirement_sources (requirement_id, plan_id, branch, source, at)
    SELECT id, plan_id, branch, source, created_at FROM requirements;

  CREATE TABLE requirement_waits (
    requirement_id text NOT NULL,
    plan_id text NOT NULL,
    branch text NOT NULL,
    item_id text NOT NULL,
    since timestamptz NOT NULL,
    -- Whether the clock of the requirement goes, or went.
    seen boolean NOT NULL DEFAULT false,
    PRIMARY KEY (requirement_id, branch, item_id)
  );
  CREATE INDEX requirement_waits_unseen ON requirement_waits (requirement_id) WHERE NOT seen;

  CREATE TABLE requirement_decisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requirement_id text NOT NULL,
    plan_id text NOT NULL,
    branch text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('request', 'supply', 'approve', 'reject', 'waive')),
    -- Which draft was approved or rejected.
    draft_number int,
    entry jsonb,
    note text,
    actor text NOT NULL,
    source text NOT NULL,
    idempotency_key text,
    digest text,
    at timestamptz NOT NULL
  );
  CREATE INDEX requirement_decisions_of ON requirement_decisions (requirement_id, branch, id);
  CREATE UNIQUE INDEX requirement_decisions_of_draft ON requirement_decisions (requirement_id, branch, draft_number)
    WHERE draft_number IS NOT NULL;
  CREATE UNIQUE INDEX requirement_decisions_once ON requirement_decisions (plan_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
  CREATE TRIGGER requirement_decisions_never_change BEFORE UPDATE OR DELETE ON requirement_decisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

const TIMELINE = `
  ALTER TABLE requirement_events
    ADD COLUMN event_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN from_status text,
    ADD COLUMN actor text NOT NULL DEFAULT 'lore-fulfillment',
    ADD COLUMN lineage text[] NOT NULL DEFAULT '{}',
    ADD COLUMN conversation_id text NOT NULL DEFAULT '',
    ADD COLUMN plan_pass_id text,
    ADD COLUMN backlog_item_id text,
    ADD COLUMN sla_breached boolean NOT NULL DEFAULT false;
  CREATE TRIGGER requirement_events_never_go BEFORE DELETE ON requirement_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

  -- The branches from this one to the first, also within the transaction that makes the branch known.
  CREATE FUNCTION lineage_of(plan text, start text) RETURNS text[] LANGUAGE sql STABLE AS $$
    WITH RECURSIVE line AS (
      SELECT start AS branch, 1 AS distance
      UNION ALL
      SELECT f.parent, line.distance + 1 FROM line JOIN forks f ON f.plan_id = plan AND f.branch = line.branch)
    SELECT array_agg(branch ORDER BY distance) FROM line
  $$;
`;

/** The life of a requirement: clocks, decisions, sources, and a timeline that tells all of it. */
export class RequirementLife1795300200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REQUIREMENTS);
    await runner.query(TIMELINE);
  }

  async down(): Promise<void> {
    throw new Error('Decisions and clocks would be lost; that is not undone.');
  }
}
