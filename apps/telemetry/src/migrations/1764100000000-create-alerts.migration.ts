import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * `run_troubles` and `provider_refusals` hold what the rules must know of runs that went wrong and of providers that
 * refused; a run that goes well leaves nothing there. `due_at` is when the sweep has to look at a run.
 */
const ALERT_TABLES = `
  CREATE TABLE alerts (
    id text PRIMARY KEY,
    rule text NOT NULL,
    cause text NOT NULL,
    severity text NOT NULL,
    plan_id text,
    branch text,
    item_ids text[] NOT NULL,
    message text NOT NULL,
    details jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'resolved')),
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    count int NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz,
    resolved_by text,
    note text
  );
  CREATE UNIQUE INDEX alerts_one_of_a_cause ON alerts (rule, cause) WHERE status <> 'resolved';
  CREATE INDEX alerts_of_cause ON alerts (rule, cause);
  CREATE INDEX alerts_newest ON alerts (last_seen DESC, id DESC);
  CREATE INDEX alerts_of_plan ON alerts (plan_id, last_seen DESC, id DESC);

  CREATE TABLE cause_reports (
    rule text NOT NULL,
    cause text NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (rule, cause)
  );

  CREATE TABLE run_troubles (
    run_id text PRIMARY KEY,
    due_at timestamptz,
    facts jsonb NOT NULL
  );
  CREATE INDEX run_troubles_due ON run_troubles (due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE provider_refusals (
    provider_id text PRIMARY KEY,
    refusing boolean NOT NULL DEFAULT false,
    facts jsonb NOT NULL
  );
`;

/** Alerts, and what the rules remember. */
export class CreateAlerts1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ALERT_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE provider_refusals, run_troubles, cause_reports, alerts');
  }
}
