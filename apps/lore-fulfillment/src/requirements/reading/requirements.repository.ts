import type { RaisedLore } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { jobNameSql, sharedOrOwn, type Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { REQUIREMENT_COLUMNS, type Requirement, type RequirementRow } from '../requirement.types';

/** Row `r` is seen on the first branch of the lineage ($2): it is its own, or a run it shares has fulfilled it. */
export const VISIBLE = sharedOrOwn('r', '($2::text[])[1]', jobNameSql('lore', 'r.id', 'r.branch'));

const FIND = `
  SELECT id, domain, name, why, chapter, scene, approval FROM requirements
  WHERE id = $1 AND plan_id = $2 AND branch = $3`;
const READY = `
  SELECT id FROM requirements r
  WHERE id = ANY($3::text[]) AND branch = ANY($2::text[]) AND plan_id = $1 AND status = 'ready' AND ${VISIBLE}`;
const NAMES = `
  SELECT DISTINCT ON (id) id, name FROM requirements
  WHERE plan_id = $1 AND branch = ANY($2::text[]) AND id = ANY($3::text[])
  ORDER BY id, array_position($2::text[], branch)`;
/** A branch that has its own row of what it shares as well goes by its own. */
const SEEN = `
  SELECT ${REQUIREMENT_COLUMNS} FROM requirements r
  WHERE r.id = $3 AND r.branch = ANY($2::text[]) AND r.plan_id = $1 AND ${VISIBLE}
  ORDER BY array_position($2::text[], r.branch) LIMIT 1`;
const RAISED = `
  SELECT DISTINCT ON (r.id) r.id AS "requirementId", r.kind, r.name, r.why, r.status = 'ready' AS ready, r.waived
  FROM requirements r
  WHERE r.plan_id = $1 AND r.branch = ANY($2::text[]) AND ${VISIBLE} AND r.id IN (
    SELECT requirement_id FROM requirement_sources s
    WHERE s.source = $3 AND s.plan_id = $1 AND s.branch = ANY($2::text[]))
  ORDER BY r.id, array_position($2::text[], r.branch)`;
const SOURCES = `
  SELECT source, at FROM requirement_sources WHERE requirement_id = $1 AND branch = ANY($2::text[]) ORDER BY at, source`;
const WAITING = `
  SELECT item_id, since FROM requirement_waits WHERE requirement_id = $1 AND branch = $2
  ORDER BY since, item_id LIMIT 500`;

/** Reads single requirements, as a branch sees them. */
@Injectable()
export class RequirementsRepository {
  constructor(private readonly database: Database) {}

  /** The requirement of the branch itself, for its run: what the branch shares is fulfilled. */
  async find(planId: string, branch: string, id: string): Promise<Requirement | undefined> {
    const [row] = await this.database.query<Requirement>(FIND, [id, planId, branch]);
    return row;
  }

  async see(planId: string, lineage: Lineage, id: string): Promise<RequirementRow | undefined> {
    const [row] = await this.database.query<RequirementRow>(SEEN, [planId, lineage, id]);
    return row;
  }

  /** The same, and nobody else changes it before the transaction ends. */
  async lock(uow: UnitOfWork, planId: string, lineage: Lineage, id: string): Promise<RequirementRow | undefined> {
    const [row] = await uow.query<RequirementRow>(`${SEEN} FOR UPDATE`, [planId, lineage, id]);
    return row;
  }

  /** Those of the ids whose requirement is not ready, or not even known, in the order in which they were asked. */
  async missing(planId: string, lineage: Lineage, ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(READY, [planId, lineage, ids]);
    const ready = new Set(rows.map((row) => row.id));
    return [...new Set(ids)].filter((id) => !ready.has(id));
  }

  /** What requirements are called on a branch, by id; who is not known has no name. */
  async names(planId: string, lineage: Lineage, ids: readonly string[]): Promise<Record<string, string>> {
    const rows = await this.database.query<{ id: string; name: string }>(NAMES, [planId, lineage, ids]);
    return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
  }

  /** What a run has declared. */
  async raised(planId: string, lineage: Lineage, runId: string): Promise<RaisedLore[]> {
    return this.database.query<RaisedLore>(RAISED, [planId, lineage, runId]);
  }

  async sources(id: string, branches: readonly string[]): Promise<{ source: string; at: string }[]> {
    const rows = await this.database.query<{ source: string; at: Date }>(SOURCES, [id, branches]);
    return rows.map(({ source, at }) => ({ source, at: at.toISOString() }));
  }

  async waiting(id: string, branch: string): Promise<{ itemId: string; since: string }[]> {
    const rows = await this.database.query<{ item_id: string; since: Date }>(WAITING, [id, branch]);
    return rows.map(({ item_id, since }) => ({ itemId: item_id, since: since.toISOString() }));
  }
}
