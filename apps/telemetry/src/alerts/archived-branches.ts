import type { FictionPlanChanged } from '@fiction/contracts';
import type { UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { gone, type Gone, type Sighting } from './sighting';

/** Held until the alerts are written: whoever archives one of them meanwhile waits, and then finds these alerts. */
const ARCHIVED = `
  SELECT plan_id, branch, status FROM plan_statuses
  WHERE (plan_id, branch) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY plan_id, branch FOR SHARE`;
const UNRESOLVED = `
  SELECT a.rule, a.cause FROM alerts a JOIN unnest($1::text[], $2::text[]) AS ended (plan_id, branch)
    ON a.plan_id = ended.plan_id AND a.branch = ended.branch
  WHERE a.status <> 'resolved'`;

/** A branch that is archived is nobody's worry: its alerts are resolved, and what is seen of it opens none. */
@Injectable()
export class ArchivedBranches {
  /** The sightings, with what was seen on an archived branch taken for gone. */
  async leaveAlone(uow: UnitOfWork, sightings: Sighting[]): Promise<Sighting[]> {
    const branches = new Map(
      sightings.flatMap((sighting) => {
        if (!sighting.present || sighting.planId === null || sighting.branch === null) return [];
        return [[keyOf(sighting.planId, sighting.branch), { planId: sighting.planId, branch: sighting.branch }]];
      }),
    );
    if (branches.size === 0) return sightings;
    const of = [...branches.values()];
    const rows = await uow.query<{ plan_id: string; branch: string; status: string }>(ARCHIVED, [
      of.map(({ planId }) => planId),
      of.map(({ branch }) => branch),
    ]);
    const archived = new Set(
      rows.filter(({ status }) => status === 'archived').map(({ plan_id, branch }) => keyOf(plan_id, branch)),
    );
    return sightings.map((sighting) =>
      sighting.present && archived.has(keyOf(sighting.planId, sighting.branch))
        ? gone(sighting.rule, sighting.cause)
        : sighting,
    );
  }

  /** What ends with the branches of these that are archived now. */
  async ending(uow: UnitOfWork, changes: Pick<FictionPlanChanged, 'planId' | 'branch' | 'status'>[]): Promise<Gone[]> {
    const ended = changes.filter(({ status }) => status === 'archived');
    if (ended.length === 0) return [];
    const rows = await uow.query<Pick<Gone, 'rule' | 'cause'>>(UNRESOLVED, [
      ended.map(({ planId }) => planId),
      ended.map(({ branch }) => branch),
    ]);
    return rows.map(({ rule, cause }) => gone(rule, cause));
  }
}

function keyOf(planId: string | null, branch: string | null): string {
  return `${planId}\n${branch}`;
}
