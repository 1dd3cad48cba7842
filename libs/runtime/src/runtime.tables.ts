/** The tables of durable runs; part of the first migration of every service that runs phases. */
export const RUNTIME_TABLES = `
  CREATE TABLE workers (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host text NOT NULL,
    pid int NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE runs (
    id text PRIMARY KEY,
    plan_id text NOT NULL,
    branch text NOT NULL,
    phase text NOT NULL,
    target jsonb NOT NULL,
    metadata jsonb NOT NULL,
    revision int NOT NULL,
    attempt int NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'running', 'complete', 'failed', 'blocked', 'cancelled')),
    percent int NOT NULL DEFAULT 0,
    failures int NOT NULL DEFAULT 0,
    pauses int NOT NULL DEFAULT 0,
    losses int NOT NULL DEFAULT 0,
    worker_id int,
    available_at timestamptz NOT NULL DEFAULT now(),
    cancel_requested_at timestamptz,
    calls int NOT NULL DEFAULT 0,
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_usd double precision NOT NULL DEFAULT 0,
    details jsonb NOT NULL DEFAULT '{}',
    error jsonb,
    enqueued_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz
  ) WITH (fillfactor = 70);
  CREATE INDEX runs_running ON runs (worker_id) WHERE status = 'running';
  CREATE INDEX runs_queued ON runs (available_at) WHERE status = 'queued';
  CREATE INDEX runs_of_plan ON runs (plan_id, branch);

  CREATE TABLE steps (
    id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    run_id text NOT NULL,
    revision int NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('action', 'model', 'model-failure')),
    attempt int NOT NULL,
    result json,
    conversation_id text,
    agent_id text,
    provider text,
    model text,
    request json,
    response json,
    input_tokens int NOT NULL DEFAULT 0,
    output_tokens int NOT NULL DEFAULT 0,
    cost_usd double precision NOT NULL DEFAULT 0,
    latency_ms int NOT NULL DEFAULT 0,
    validation text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, revision, name)
  );
  DO $$ BEGIN
    -- Prompts and answers are long; lz4 compresses them at a fraction of the processor time of the default.
    ALTER TABLE steps ALTER COLUMN request SET COMPRESSION lz4, ALTER COLUMN response SET COMPRESSION lz4,
      ALTER COLUMN result SET COMPRESSION lz4;
  EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'lz4 is not there; steps are compressed the default way';
  END $$;
`;
