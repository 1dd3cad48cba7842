import { jobNameSql, sharedOrOwn } from '@fiction/runtime';

/**
 * SQL: whether a row of what chapters' designs plant and pay off counts on a branch: it is of the design that the branch
 * has or shares, in its newest revision.
 * @param row alias of a table with the columns `plan_id`, `branch`, `chapter` and `revision`
 * @param lineage parameter of the branch and those it was forked from, such as `$2`
 */
export function designCounts(row: string, lineage: string): string {
  const branch = `(${lineage}::text[])[1]`;
  const run = jobNameSql('blueprint', `${row}.plan_id || ':' || ${row}.chapter`, `${row}.branch`);
  return `${sharedOrOwn(row, branch, run)}
    AND (${row}.branch = ${branch} OR (SELECT 1 FROM designs o
      WHERE o.plan_id = ${row}.plan_id AND o.branch = ${branch} AND o.chapter = ${row}.chapter LIMIT 1) IS NULL)
    AND ${row}.revision = (SELECT max(n.revision) FROM designs n
      WHERE n.plan_id = ${row}.plan_id AND n.branch = ${row}.branch AND n.chapter = ${row}.chapter)`;
}
