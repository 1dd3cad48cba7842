import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a service with runs has to know of branches, so that what a branch shares is found and not made again. */
export class ForkBranches1795200300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Branches other than the first. A branch is known once all parts of what it shares have come.
      CREATE TABLE forks (
        plan_id text NOT NULL,
        branch text NOT NULL,
        parent text NOT NULL,
        parts int NOT NULL,
        parts_missing int NOT NULL,
        PRIMARY KEY (plan_id, branch)
      );
      CREATE TABLE fork_parts (
        plan_id text NOT NULL,
        branch text NOT NULL,
        part int NOT NULL,
        PRIMARY KEY (plan_id, branch, part)
      );
      -- Runs of the branches before it, finished before the fork point, whose outcome the branch shares.
      CREATE TABLE shared_runs (
        plan_id text NOT NULL,
        branch text NOT NULL,
        run_id text NOT NULL,
        PRIMARY KEY (plan_id, branch, run_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE forks, fork_parts, shared_runs');
  }
}
