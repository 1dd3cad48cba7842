import { jobNameSql, sharedOrOwn } from '@fiction/runtime';

/**
 * SQL: whether a row of what scenes have changed counts on a branch: the scene is the branch's own or one it shares and has
 * not written itself, and no newer revision of it is filed. Scalar subqueries, because joins would be planned by
 * statistics, which a young plan does not have: they would read every reflection of the plan for each row.
 * @param row alias of a table with the columns `plan_id`, `branch`, `scene_id` and `revision`
 * @param lineage parameter of the branch and those it was forked from, such as `$2`
 */
export function tellsOf(row: string, lineage: string): string {
  const branch = `(${lineage}::text[])[1]`;
  return `${sharedOrOwn(row, branch, jobNameSql('scene', `${row}.scene_id`, `${row}.branch`))}
    AND (${row}.branch = ${branch} OR (SELECT 1 FROM reflections o
      WHERE o.plan_id = ${row}.plan_id AND o.branch = ${branch} AND o.scene_id = ${row}.scene_id LIMIT 1) IS NULL)
    AND ${row}.revision = (SELECT max(n.revision) FROM reflections n
      WHERE n.plan_id = ${row}.plan_id AND n.branch = ${row}.branch AND n.scene_id = ${row}.scene_id)`;
}
