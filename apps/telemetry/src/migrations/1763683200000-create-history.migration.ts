import { MESSAGING_TABLES } from '@fiction/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * The counter row of a plan is locked by whoever adds to its history, so everything else of that plan (its events, the
 * states of its runs, its totals) has one writer at a time. The fill factors leave room to update a row in its page.
 */
const HISTORY_TABLES = `
  CREATE TABLE plans (
    plan_id text PRIMARY KEY,
    last_seq bigint NOT NULL DEFAULT 0,
    status text,
    reason text,
    status_at timestamptz,
    first_seen_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 50);
  CREATE INDEX plans_active ON plans (status_at) WHERE status IN ('running', 'paused');

  CREATE TABLE plan_events (
    event_id text PRIMARY KEY,
    plan_id text NOT NULL,
    status text NOT NULL,
    reason text,
    occurred_at timestamptz NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX plan_events_of_plan ON plan_events (plan_id, occurred_at);

  CREATE TABLE events (
    plan_id text NOT NULL,
    seq bigint NOT NULL,
    event_id text NOT NULL UNIQUE,
    run_id text NOT NULL,
    phase text NOT NULL,
    status text NOT NULL,
    occurred_at timestamptz NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    bytes int NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (plan_id, seq)
  );

  CREATE TABLE run_states (
    run_id text PRIMARY KEY,
    plan_id text NOT NULL,
    branch text NOT NULL,
    phase text NOT NULL,
    revision int NOT NULL,
    attempt int NOT NULL,
    status text NOT NULL,
    percent int NOT NULL,
    changed_at timestamptz NOT NULL,
    calls bigint NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cost_usd double precision NOT NULL,
    words bigint NOT NULL,
    words_attempt int NOT NULL,
    started_at timestamptz,
    finished_at timestamptz
  ) WITH (fillfactor = 70);
  CREATE INDEX run_states_of_plan ON run_states (plan_id, phase);

  CREATE TABLE phase_totals (
    plan_id text NOT NULL,
    phase text NOT NULL,
    runs bigint NOT NULL,
    open_runs bigint NOT NULL,
    calls bigint NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cost_usd double precision NOT NULL,
    words bigint NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (plan_id, phase)
  ) WITH (fillfactor = 50);
`;

/** Messages, history, states of runs, totals. */
export class CreateHistory1763683200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(HISTORY_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE phase_totals, run_states, events, plan_events, plans, outbox, inbox, dead_letters CASCADE',
    );
  }
}
