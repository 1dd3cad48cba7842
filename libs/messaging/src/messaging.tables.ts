/** The tables of outbox, inbox and dead letters; part of every service's first migration. */
export const MESSAGING_TABLES = `
  CREATE TABLE outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL,
    stream text NOT NULL,
    subject text NOT NULL,
    body json NOT NULL,
    incarnation text,
    stream_seq bigint,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX outbox_waiting ON outbox (position) WHERE stream_seq IS NULL;
  CREATE TABLE inbox (
    message_id text PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX inbox_received ON inbox USING brin (received_at);
  CREATE TABLE dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id text NOT NULL UNIQUE,
    subject text NOT NULL,
    body text NOT NULL,
    error text NOT NULL,
    deliveries int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
`;
