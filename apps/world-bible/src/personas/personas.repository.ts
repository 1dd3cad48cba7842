import {
  fullBaseline,
  NotFoundError,
  type Baseline,
  type CastMember,
  type GivenBaseline,
  type PersonaKind,
} from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { personasBranch } from '../bible/personas-branch';
import type { PersonaRef } from './persona-id';

export interface PersonaRow {
  kind: PersonaKind;
  key: string;
  name: string;
  member: CastMember | null;
  baseline: string;
  sheet: Baseline | null;
  /** Of the newest change by a person; null: nobody has changed it. */
  version: number | null;
}

export interface VersionRow {
  version: number;
  sheet: Baseline;
  actor: string;
  source: string;
  note: string | null;
  at: Date;
}

interface NewVersion {
  sheet: Baseline;
  actor: string;
  source: string;
  note: string | null;
  at: Date;
}

/** The newest change of persona `p` on the branch. */
const NEWEST = `LEFT JOIN LATERAL (
    SELECT v.version, v.sheet FROM persona_versions v
    WHERE v.plan_id = p.plan_id AND v.branch = ($2::text[])[1] AND v.kind = p.kind AND v.key = p.key
    ORDER BY v.version DESC LIMIT 1) v ON true`;
const ROWS = `
  SELECT p.kind, p.key, p.name, r.member, p.baseline, coalesce(v.sheet, p.sheet) AS sheet, v.version
  FROM personas p ${NEWEST}
  LEFT JOIN roster r ON r.plan_id = p.plan_id AND r.branch = p.branch AND r.key = p.key AND p.kind = 'character'
  WHERE p.plan_id = $1 AND p.branch = ${personasBranch('$1', '$2')}`;
const LIST = `${ROWS} AND (p.kind, p.key) > ($3, $4::text COLLATE "C") ORDER BY p.kind, p.key LIMIT $5`;
const ONE = `${ROWS} AND p.kind = $3 AND p.key = $4`;
const VERSIONS = `
  SELECT version, sheet, actor, source, note, at FROM persona_versions
  WHERE plan_id = $1 AND branch = $2 AND kind = $3 AND key = $4 ORDER BY version DESC LIMIT 500`;
const ROSTER_SHEET = `
  SELECT p.sheet, p.baseline FROM personas p
  WHERE p.plan_id = $1 AND p.branch = ${personasBranch('$1', '$2')} AND p.kind = $3 AND p.key = $4`;
const CHANGE = `
  INSERT INTO persona_versions (plan_id, branch, kind, key, version, sheet, actor, source, note, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING 1`;

/** Who there is on a branch and how each is, with what people have changed of it. */
@Injectable()
export class PersonasRepository {
  constructor(private readonly database: Database) {}

  async list(planId: string, lineage: Lineage, after: [string, string], limit: number): Promise<PersonaRow[]> {
    return this.database.query<PersonaRow>(LIST, [planId, lineage, ...after, limit]);
  }

  /** @throws NotFoundError */
  async one(planId: string, lineage: Lineage, ref: PersonaRef, personaId: string): Promise<PersonaRow> {
    const [row] = await this.database.query<PersonaRow>(ONE, [planId, lineage, ref.kind, ref.key]);
    if (row === undefined) throw new NotFoundError('persona', personaId);
    return row;
  }

  async versions(planId: string, ref: PersonaRef): Promise<VersionRow[]> {
    return this.database.query<VersionRow>(VERSIONS, [planId, ref.branch, ref.kind, ref.key]);
  }

  /** The baseline as the brief and the vision have it. */
  async first(planId: string, lineage: Lineage, ref: PersonaRef): Promise<Baseline> {
    const [row] = await this.database.query<{ sheet: GivenBaseline | null; baseline: string }>(ROSTER_SHEET, [
      planId,
      lineage,
      ref.kind,
      ref.key,
    ]);
    return fullBaseline(row?.sheet ?? row?.baseline ?? '');
  }

  /** Whether it was added: the number may have been taken meanwhile. */
  async change(uow: UnitOfWork, planId: string, ref: PersonaRef, version: number, change: NewVersion) {
    const { sheet, actor, source, note, at } = change;
    const of = [planId, ref.branch, ref.kind, ref.key, version];
    const added = await uow.query(CHANGE, [...of, JSON.stringify(sheet), actor, source, note, at]);
    return added.length > 0;
  }
}

export function sheetOf(row: Pick<PersonaRow, 'sheet' | 'baseline'>): Baseline {
  return fullBaseline(row.sheet ?? row.baseline);
}
