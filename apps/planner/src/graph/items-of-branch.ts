/**
 * SQL: whether an item belongs to a branch or is shared by it.
 * @param branch the branch as a parameter, such as `$2`
 */
export function itemsOfBranch(branch: string): string {
  return `(items.branch = ${branch} OR items.id IN (
    SELECT item_id FROM shared_items WHERE shared_items.plan_id = items.plan_id AND shared_items.branch = ${branch}))`;
}
