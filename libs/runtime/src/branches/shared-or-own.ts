import { MAIN_BRANCH, type Phase } from '@fiction/contracts';

/**
 * SQL: whether a branch shares a run. A scalar subquery, because PostgreSQL may turn EXISTS into a hash of all that the
 * branch shares; this is one look-up in an index, whatever the statistics say.
 * @param planId, branch, runId SQL, such as `$1` or `r.run_id`
 */
export function sharesRun(planId: string, branch: string, runId: string): string {
  // Without an alias, which could be one of the row's.
  return `(SELECT 1 FROM shared_runs WHERE shared_runs.plan_id = ${planId} AND shared_runs.branch = ${branch}
    AND shared_runs.run_id = ${runId}) IS NOT NULL`;
}

/**
 * SQL: whether a row is of a branch or shared by it.
 * @param row alias of a table with the columns `plan_id` and `branch`
 * @param branch SQL of the branch, such as `$2`
 * @param runId SQL of the id of the run that made the row; null for what no run made, which nobody shares
 */
export function sharedOrOwn(row: string, branch: string, runId = `${row}.run_id`): string {
  return `(${row}.branch = ${branch} OR ${sharesRun(`${row}.plan_id`, branch, runId)})`;
}

/**
 * SQL of what `jobName` answers, for rows whose key says which run made them.
 * @param target, branch SQL, such as `r.scene_id` and `r.branch`
 */
export function jobNameSql(phase: Phase, target: string, branch: string): string {
  return `('fiction:${phase}:' || ${target} || CASE ${branch} WHEN '${MAIN_BRANCH}' THEN '' ELSE '@' || ${branch} END)`;
}
