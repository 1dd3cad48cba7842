import type { DeclareLore, listLore, ReplyOf } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { LoreStatus, Requirement, Transition } from './requirement.types';

type RequirementView = ReplyOf<typeof listLore>['items'][number];

interface RequirementRow extends Omit<RequirementView, 'entryId' | 'createdAt' | 'updatedAt'> {
  entry_id: string | null;
  created_at: Date;
  updated_at: Date;
}

export interface RequirementPage {
  planId: string;
  branch: string;
  status: LoreStatus | undefined;
  /** Id of the last requirement of the page before. */
  after: string | undefined;
  limit: number;
}

/** Declaring again what is declared changes nothing, its timeline included. */
const DECLARE = `
  WITH declared AS (
    INSERT INTO requirements (id, plan_id, branch, domain, name, why, chapter, scene, source, status)
    SELECT n.*, 'planned'
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[])
      AS n
    ON CONFLICT (id) DO NOTHING
    RETURNING id, plan_id, branch, source)
  INSERT INTO requirement_events (requirement_id, plan_id, branch, status, source, note)
  SELECT id, plan_id, branch, 'planned', 'automation', 'declared by ' || source FROM declared`;

/** A requirement that is ready stays ready, whatever a repeated run says. */
const MOVE = `
  WITH moved AS (
    UPDATE requirements SET status = $2, run_id = $3, entry_id = coalesce($6, entry_id), updated_at = now()
    WHERE id = $1 AND status <> 'ready'
    RETURNING id, plan_id, branch)
  INSERT INTO requirement_events (requirement_id, plan_id, branch, status, run_id, source, note)
  SELECT id, plan_id, branch, $2, $3, $4, $5 FROM moved`;

const FIND = `
  SELECT id, domain, name, why, chapter, scene FROM requirements WHERE id = $1 AND plan_id = $2 AND branch = $3`;
const READY = `
  SELECT id FROM requirements WHERE id = ANY($3::text[]) AND plan_id = $1 AND branch = $2 AND status = 'ready'`;
const PLACE = `coalesce(chapter, 0), coalesce(scene, 0), id COLLATE "C"`;
const LIST = `
  SELECT id, domain, name, why, status, chapter, scene, source, entry_id, created_at, updated_at
  FROM requirement_states
  WHERE plan_id = $1 AND branch = $2 AND ($3::text IS NULL OR status = $3)
    AND ($4::text IS NULL OR (${PLACE}) > (SELECT ${PLACE} FROM requirements WHERE id = $4))
  ORDER BY ${PLACE} LIMIT $5`;

/** Lore requirements and the timeline of each. */
@Injectable()
export class RequirementsRepository {
  constructor(private readonly database: Database) {}

  async declare(uow: UnitOfWork, declarations: readonly DeclareLore[]): Promise<void> {
    const needs = declarations.flatMap(({ planId, branch, source, requirements }) =>
      requirements.map((need) => ({ planId, branch, source, ...need })),
    );
    if (needs.length === 0) return;
    await uow.query(DECLARE, [
      needs.map((need) => need.requirementId),
      needs.map((need) => need.planId),
      needs.map((need) => need.branch),
      needs.map((need) => need.domain),
      needs.map((need) => need.name),
      needs.map((need) => need.why),
      needs.map((need) => need.chapter),
      needs.map((need) => need.scene),
      needs.map((need) => need.source),
    ]);
  }

  /** Moves a requirement on and writes that down; a step's effect, so that it happens once. */
  async move(uow: UnitOfWork, { requirementId, to, runId, source, note, entryId }: Transition): Promise<void> {
    await uow.query(MOVE, [requirementId, to, runId, source, note ?? null, entryId ?? null]);
  }

  async find(planId: string, branch: string, id: string): Promise<Requirement | undefined> {
    const [row] = await this.database.query<Requirement>(FIND, [id, planId, branch]);
    return row;
  }

  /** Those of the ids whose requirement is not ready, or not even known, in the order in which they were asked. */
  async missing(planId: string, branch: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(READY, [planId, branch, ids]);
    const ready = new Set(rows.map((row) => row.id));
    return [...new Set(ids)].filter((id) => !ready.has(id));
  }

  async list({ planId, branch, status, after, limit }: RequirementPage): Promise<RequirementView[]> {
    const values = [planId, branch, status ?? null, after ?? null, limit];
    const rows = await this.database.query<RequirementRow>(LIST, values);
    return rows.map(({ entry_id, created_at, updated_at, ...row }) => ({
      ...row,
      entryId: entry_id,
      createdAt: created_at.toISOString(),
      updatedAt: updated_at.toISOString(),
    }));
  }
}
