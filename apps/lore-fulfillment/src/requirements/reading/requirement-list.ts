import {
  LORE_STATUSES,
  UnknownCursorError,
  type listLore,
  type LoreCounts,
  type LoreRequirementView,
  type LoreStatus,
  type RequestOf,
} from '@fiction/contracts';
import { Clock, Database, pageOfRows } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { REQUIREMENT_COLUMNS, type RequirementRow } from '../requirement.types';
import { toView } from './requirement-view';
import { VISIBLE } from './requirements.repository';

type Question = RequestOf<typeof listLore>;

const PLACE = `coalesce(chapter, 0), coalesce(scene, 0), id COLLATE "C"`;
/** Branch by branch, so that each is a walk along its index. */
const LIST = `
  SELECT s.* FROM unnest($2::text[]) AS l (branch) CROSS JOIN LATERAL (
    SELECT ${REQUIREMENT_COLUMNS} FROM requirements r
    WHERE plan_id = $1 AND branch = l.branch AND ($3::text IS NULL OR status = $3) AND ${VISIBLE}
      AND ($6::text IS NULL OR domain = $6) AND ($7::text IS NULL OR kind = $7)
      AND ($8::boolean IS NULL OR (breached_at IS NOT NULL) = $8)
      AND ($9::text IS NULL OR position(lower($9) IN lower(id || ' ' || name || ' ' || why)) > 0)
      AND ($4::text IS NULL OR (${PLACE}) > (
        SELECT ${PLACE} FROM requirements r WHERE id = $4 AND branch = ANY($2::text[]) AND ${VISIBLE} LIMIT 1))
    ORDER BY ${PLACE} LIMIT $5) s
  ORDER BY ${PLACE} LIMIT $5`;
const IS_REQUIREMENT = 'SELECT 1 FROM requirements WHERE plan_id = $1 AND branch = ANY($2) AND id = $3';
const COUNT = `
  SELECT r.status, count(*)::int AS requirements, count(r.breached_at)::int AS breached,
    min(r.blocked_at) FILTER (WHERE r.status <> 'ready') AS oldest
  FROM requirements r WHERE r.plan_id = $1 AND r.branch = ANY($2::text[]) AND ${VISIBLE} GROUP BY r.status`;

interface CountRow {
  status: LoreStatus;
  requirements: number;
  breached: number;
  oldest: Date | null;
}

/** Requirements of a branch by their place in the book, and how they stand together. */
@Injectable()
export class RequirementList {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** As many as fit the question, and one more if there is a further page. */
  async page(
    lineage: Lineage,
    question: Question,
  ): Promise<{ items: LoreRequirementView[]; nextCursor: string | null }> {
    const { planId, status, cursor, limit, domain, kind, breached, text } = question;
    const values = [planId, lineage, status ?? null, cursor ?? null, limit + 1];
    const filters = [domain ?? null, kind ?? null, breached ?? null, text ?? null];
    const rows = await this.database.query<RequirementRow>(LIST, [...values, ...filters]);
    // A cursor of another list compares with nothing: it would look like the end of this one.
    if (rows.length === 0 && cursor !== undefined) await this.checkCursor(planId, lineage, cursor);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => last.id);
    return { items: page.map(toView), nextCursor };
  }

  async counts(planId: string, lineage: Lineage): Promise<LoreCounts> {
    const rows = await this.database.query<CountRow>(COUNT, [planId, lineage]);
    const waits = rows.flatMap(({ oldest }) => (oldest === null ? [] : [oldest.getTime()]));
    const of = (status: LoreStatus): number => rows.find((row) => row.status === status)?.requirements ?? 0;
    return {
      total: rows.reduce((sum, row) => sum + row.requirements, 0),
      byStatus: Object.fromEntries(LORE_STATUSES.map((status) => [status, of(status)])) as LoreCounts['byStatus'],
      breached: rows.reduce((sum, row) => sum + row.breached, 0),
      oldestBlockedSeconds:
        waits.length === 0 ? null : Math.max(0, (this.clock.now().getTime() - Math.min(...waits)) / 1000),
    };
  }

  private async checkCursor(planId: string, lineage: Lineage, cursor: string): Promise<void> {
    const known = await this.database.query(IS_REQUIREMENT, [planId, lineage, cursor]);
    if (known.length === 0) throw new UnknownCursorError();
  }
}
