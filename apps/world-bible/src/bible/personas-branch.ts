import { jobNameSql, sharesRun } from '@fiction/runtime';

/**
 * SQL: the nearest branch of a lineage that has a roster, its own or one it shares. A roster is filed whole, by the run of
 * the vision, and always with the author.
 * @param planId, lineage parameters, such as `$1` and `$2`
 */
export function personasBranch(planId: string, lineage: string): string {
  const branch = `(${lineage}::text[])[1]`;
  return `(SELECT l.branch FROM unnest(${lineage}::text[]) WITH ORDINALITY AS l (branch, distance)
    WHERE (SELECT 1 FROM personas a
        WHERE a.plan_id = ${planId} AND a.branch = l.branch AND a.kind = 'author' LIMIT 1) IS NOT NULL
      AND (l.branch = ${branch} OR ${sharesRun(planId, branch, jobNameSql('vision', planId, 'l.branch'))})
    ORDER BY l.distance LIMIT 1)`;
}
