import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far runs have come, and what each has been through. */
export class Checkpoints1795200600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE run_states
        ADD COLUMN steps_revision int NOT NULL DEFAULT 0,
        ADD COLUMN steps_recorded int NOT NULL DEFAULT 0,
        ADD COLUMN steps_known int NOT NULL DEFAULT 0;
      CREATE INDEX run_states_in_order ON run_states (plan_id, run_id);
      CREATE INDEX events_of_run ON events (plan_id, run_id, seq)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX run_states_in_order, events_of_run;
      ALTER TABLE run_states DROP COLUMN steps_revision, DROP COLUMN steps_recorded, DROP COLUMN steps_known`);
  }
}
