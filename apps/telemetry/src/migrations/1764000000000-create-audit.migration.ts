import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail; each index serves one filter, in the order of the list. */
export class CreateAudit1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL UNIQUE,
        occurred_at timestamptz NOT NULL,
        actor_id text NOT NULL,
        actor_name text NOT NULL,
        actor_role text NOT NULL,
        method text NOT NULL,
        route text NOT NULL,
        plan_id text,
        targets jsonb NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('ok', 'refused', 'failed')),
        status int NOT NULL,
        code text,
        correlation_id text NOT NULL,
        remote_address text,
        stored_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX audit_newest ON audit (occurred_at, position);
      CREATE INDEX audit_of_plan ON audit (plan_id, occurred_at, position) WHERE plan_id IS NOT NULL;
      CREATE INDEX audit_of_actor ON audit (actor_id, occurred_at, position);
      CREATE INDEX audit_of_actor_name ON audit (actor_name, occurred_at, position);
      CREATE INDEX audit_not_ok ON audit (outcome, occurred_at, position) WHERE outcome <> 'ok'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit');
  }
}
