import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lore requirements have been through, as it was told. */
export class LoreHistory1795300300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lore_events (
        event_id text PRIMARY KEY,
        plan_id text NOT NULL,
        branch text NOT NULL,
        requirement_id text NOT NULL,
        status text NOT NULL,
        sla_breached boolean NOT NULL,
        occurred_at timestamptz NOT NULL,
        stored_at timestamptz NOT NULL DEFAULT now(),
        document jsonb NOT NULL
      );
      CREATE INDEX lore_events_of_plan ON lore_events (plan_id, branch, occurred_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lore_events');
  }
}
