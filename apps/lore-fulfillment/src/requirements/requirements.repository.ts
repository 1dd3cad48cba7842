import { UnknownCursorError, type DeclareLore, type listLore, type ReplyOf } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { jobNameSql, sharedOrOwn, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { ForkedRequirements } from './forked-requirements';
import type { LoreStatus, Requirement, Transition } from './requirement.types';

type RequirementView = ReplyOf<typeof listLore>['items'][number];

interface RequirementRow extends Omit<RequirementView, 'entryId' | 'createdAt' | 'updatedAt'> {
  entry_id: string | null;
  created_at: Date;
  updated_at: Date;
}

export interface RequirementPage {
  planId: string;
  lineage: Lineage;
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
    ON CONFLICT DO NOTHING
    RETURNING id, plan_id, branch, source)
  INSERT INTO requirement_events (requirement_id, plan_id, branch, status, source, note)
  SELECT id, plan_id, branch, 'planned', 'automation', 'declared by ' || source FROM declared`;

/** A requirement that is ready stays ready, whatever a repeated run says. */
const MOVE = `
  WITH moved AS (
    UPDATE requirements SET status = $2, run_id = $3, entry_id = coalesce($6, entry_id), updated_at = now()
    WHERE id = $1 AND branch = $7 AND status <> 'ready'
    RETURNING id, plan_id, branch)
  INSERT INTO requirement_events (requirement_id, plan_id, branch, status, run_id, source, note)
  SELECT id, plan_id, branch, $2, $3, $4, $5 FROM moved`;

const FIND = `
  SELECT id, domain, name, why, chapter, scene FROM requirements WHERE id = $1 AND plan_id = $2 AND branch = $3`;
/** Row `r` is seen on the first branch of the lineage ($2): it is its own, or a run it shares has fulfilled it. */
const VISIBLE = sharedOrOwn('r', '($2::text[])[1]', jobNameSql('lore', 'r.id', 'r.branch'));
const READY = `
  SELECT id FROM requirements r
  WHERE id = ANY($3::text[]) AND branch = ANY($2::text[]) AND plan_id = $1 AND status = 'ready' AND ${VISIBLE}`;
const PLACE = `coalesce(chapter, 0), coalesce(scene, 0), id COLLATE "C"`;
/** Branch by branch, so that each is a walk along its index. */
const LIST = `
  SELECT s.id, s.domain, s.name, s.why, s.status, s.chapter, s.scene, s.source, s.entry_id, s.created_at, s.updated_at
  FROM unnest($2::text[]) AS l (branch) CROSS JOIN LATERAL (
    SELECT * FROM requirement_states r
    WHERE plan_id = $1 AND branch = l.branch AND ($3::text IS NULL OR status = $3) AND ${VISIBLE}
      AND ($4::text IS NULL OR (${PLACE}) > (
        SELECT ${PLACE} FROM requirements r WHERE id = $4 AND branch = ANY($2::text[]) AND ${VISIBLE} LIMIT 1))
    ORDER BY ${PLACE} LIMIT $5) s
  ORDER BY ${PLACE} LIMIT $5`;
const IS_REQUIREMENT = 'SELECT 1 FROM requirements WHERE plan_id = $1 AND branch = ANY($2) AND id = $3';

/** Lore requirements and the timeline of each. */
@Injectable()
export class RequirementsRepository {
  constructor(
    private readonly database: Database,
    private readonly forks: ForkedRequirements,
  ) {}

  async declare(uow: UnitOfWork, declarations: readonly DeclareLore[]): Promise<void> {
    const needs = declarations.flatMap(({ planId, branch, source, requirements }) =>
      requirements.map((need) => ({ planId, branch, source, ...need })),
    );
    if (needs.length === 0) return;
    const planIds = needs.map((need) => need.planId);
    await this.forks.declaring(uow, planIds);
    await uow.query(DECLARE, [
      needs.map((need) => need.requirementId),
      planIds,
      needs.map((need) => need.branch),
      needs.map((need) => need.domain),
      needs.map((need) => need.name),
      needs.map((need) => need.why),
      needs.map((need) => need.chapter),
      needs.map((need) => need.scene),
      needs.map((need) => need.source),
    ]);
    await this.forks.declared(
      uow,
      needs.map((need) => need.requirementId),
    );
  }

  /** Moves a requirement on and writes that down; a step's effect, so that it happens once. */
  async move(uow: UnitOfWork, { requirementId, branch, to, runId, source, note, entryId }: Transition): Promise<void> {
    await uow.query(MOVE, [requirementId, to, runId, source, note ?? null, entryId ?? null, branch]);
  }

  /** The requirement of the branch itself: what it shares is fulfilled. */
  async find(planId: string, branch: string, id: string): Promise<Requirement | undefined> {
    const [row] = await this.database.query<Requirement>(FIND, [id, planId, branch]);
    return row;
  }

  /** Those of the ids whose requirement is not ready, or not even known, in the order in which they were asked. */
  async missing(planId: string, lineage: Lineage, ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(READY, [planId, lineage, ids]);
    const ready = new Set(rows.map((row) => row.id));
    return [...new Set(ids)].filter((id) => !ready.has(id));
  }

  async list({ planId, lineage, status, after, limit }: RequirementPage): Promise<RequirementView[]> {
    const values = [planId, lineage, status ?? null, after ?? null, limit];
    const rows = await this.database.query<RequirementRow>(LIST, values);
    // A cursor of another list compares with nothing: it would look like the end of this one.
    if (rows.length === 0 && after !== undefined) await this.checkCursor(planId, lineage, after);
    return rows.map(({ entry_id, created_at, updated_at, ...row }) => ({
      ...row,
      entryId: entry_id,
      createdAt: created_at.toISOString(),
      updatedAt: updated_at.toISOString(),
    }));
  }

  private async checkCursor(planId: string, lineage: Lineage, cursor: string): Promise<void> {
    const known = await this.database.query(IS_REQUIREMENT, [planId, lineage, cursor]);
    if (known.length === 0) throw new UnknownCursorError();
  }
}
