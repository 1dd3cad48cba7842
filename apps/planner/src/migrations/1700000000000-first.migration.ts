import { MESSAGING_TABLES } from '@fiction/messaging';
import { RUNTIME_TABLES } from '@fiction/runtime';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class First1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(RUNTIME_TABLES);
    await runner.query(`
      CREATE TABLE projects (
        id text PRIMARY KEY,
        title text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      INSERT INTO projects (id, title) VALUES ('shelf', 'My shelf');

      CREATE TABLE plans (
        id text PRIMARY KEY,
        project_id text NOT NULL REFERENCES projects (id),
        idempotency_key text UNIQUE,
        title text NOT NULL,
        author text NOT NULL,
        brief jsonb NOT NULL,
        vision jsonb,
        status text NOT NULL CHECK (status IN ('draft', 'running', 'paused', 'complete', 'failed', 'archived')),
        status_reason text,
        correlation_id text NOT NULL,
        spent_usd double precision NOT NULL DEFAULT 0,
        spent_tokens bigint NOT NULL DEFAULT 0,
        -- Items of the primary branch that are not complete; at 0 so is the plan.
        open_items int NOT NULL DEFAULT 0,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz
      );
      CREATE INDEX plans_newest ON plans (created_at DESC, id DESC);

      CREATE TABLE branches (
        plan_id text NOT NULL REFERENCES plans (id),
        name text NOT NULL,
        parent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, name)
      );

      -- One node of a branch's plan graph. \`pending\` counts the unfinished items it waits for.
      CREATE TABLE items (
        id text PRIMARY KEY,
        plan_id text NOT NULL,
        branch text NOT NULL,
        phase text NOT NULL,
        target jsonb NOT NULL,
        run_id text NOT NULL UNIQUE,
        revision int NOT NULL DEFAULT 1,
        status text NOT NULL
          CHECK (status IN ('pending', 'ready', 'queued', 'running', 'blocked', 'complete', 'failed', 'cancelled')),
        status_reason text,
        pending int NOT NULL CHECK (pending >= 0),
        cost_usd double precision NOT NULL DEFAULT 0,
        tokens bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (plan_id, branch) REFERENCES branches (plan_id, name)
      ) WITH (fillfactor = 80);
      CREATE INDEX items_of_plan ON items (plan_id, branch, phase, status);

      CREATE INDEX items_ready ON items (plan_id, branch) WHERE status IN ('pending', 'ready') AND pending = 0;

      CREATE TABLE dependencies (
        item_id text NOT NULL,
        depends_on text NOT NULL,
        PRIMARY KEY (item_id, depends_on)
      );
      CREATE INDEX dependents ON dependencies (depends_on);

      CREATE TABLE plan_passes (
        plan_id text NOT NULL,
        branch text NOT NULL,
        pass_index int NOT NULL,
        pass jsonb NOT NULL,
        run_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, branch, pass_index)
      );

      CREATE TABLE blueprints (
        plan_id text NOT NULL,
        branch text NOT NULL,
        chapter int NOT NULL,
        blueprint jsonb NOT NULL,
        validation jsonb NOT NULL,
        run_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (plan_id, branch, chapter)
      );

      CREATE TABLE scrolls (
        id text PRIMARY KEY,
        plan_id text NOT NULL,
        branch text NOT NULL,
        chapter int NOT NULL,
        run_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (plan_id, branch, chapter)
      );
      CREATE TABLE sections (
        scroll_id text NOT NULL REFERENCES scrolls (id),
        section int NOT NULL,
        title text NOT NULL,
        PRIMARY KEY (scroll_id, section)
      );
      CREATE TABLE scenes (
        id text PRIMARY KEY,
        scroll_id text NOT NULL REFERENCES scrolls (id),
        plan_id text NOT NULL,
        branch text NOT NULL,
        chapter int NOT NULL,
        scene int NOT NULL,
        section int NOT NULL,
        design jsonb NOT NULL,
        item_id text NOT NULL,
        UNIQUE (plan_id, branch, chapter, scene)
      );

      -- Which lore the book, a chapter (scene NULL) or a scene may rely on.
      CREATE TABLE lore_needs (
        requirement_id text NOT NULL,
        plan_id text NOT NULL,
        branch text NOT NULL,
        chapter int,
        scene int,
        domain text NOT NULL,
        name text NOT NULL,
        item_id text NOT NULL
      );
      CREATE UNIQUE INDEX lore_needs_once
        ON lore_needs (plan_id, branch, coalesce(chapter, 0), coalesce(scene, 0), requirement_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is not undone; drop the schema instead.');
  }
}
