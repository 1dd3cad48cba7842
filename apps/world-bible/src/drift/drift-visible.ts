import { tellsOf } from '../reflections/tells-of';

/**
 * SQL: whether row `s` of `drift_scores` is what a branch has to say of its scene: the scene counts there, and no nearer
 * branch of the lineage has scored it, against its own baseline. Scalar subqueries, for the reason that {@link tellsOf} has:
 * whoever wants the last score would read and sort all of them.
 * @param lineage parameter, such as `$2`
 */
export function scoreCounts(lineage: string): string {
  return `s.branch = ANY (${lineage}::text[]) AND (
      SELECT 1 FROM drift_styles f WHERE f.plan_id = s.plan_id AND f.branch = s.written_on AND f.scene_id = s.scene_id
        AND f.revision = s.revision AND ${tellsOf('f', lineage)}) IS NOT NULL
    AND (SELECT 1 FROM drift_scores n
      WHERE n.plan_id = s.plan_id AND n.persona = s.persona AND n.written_on = s.written_on AND n.scene_id = s.scene_id
        AND n.revision = s.revision AND n.position = s.position AND n.branch = ANY (${lineage}::text[])
        AND array_position(${lineage}::text[], n.branch) < array_position(${lineage}::text[], s.branch) LIMIT 1) IS NULL`;
}
