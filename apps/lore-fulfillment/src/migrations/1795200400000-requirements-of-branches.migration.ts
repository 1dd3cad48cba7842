import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A requirement has the same id on every branch that has it, and a status and a timeline on each. */
export class RequirementsOfBranches1795200400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE requirement_events DROP CONSTRAINT requirement_events_requirement_id_fkey;
      ALTER TABLE requirements DROP CONSTRAINT requirements_pkey, ADD PRIMARY KEY (id, branch);
      ALTER TABLE requirement_events
        ADD FOREIGN KEY (requirement_id, branch) REFERENCES requirements (id, branch);
      DROP INDEX requirement_events_of_requirement;
      CREATE INDEX requirement_events_of_requirement ON requirement_events (requirement_id, branch, id)`);
  }

  async down(): Promise<void> {
    throw new Error('Branches may have requirements of one id by now; that is not undone.');
  }
}
