import { jobNameSql, sharedOrOwn, sharesRun } from '@fiction/runtime';

/** SQL: whether a row of `lore_needs` is of a branch: of a run that it has or shares, or for lore that it shares. */
export const visibleNeed = (branch: string): string => `(${sharedOrOwn('lore_needs', branch)}
  OR ${sharesRun('lore_needs.plan_id', branch, jobNameSql('lore', 'lore_needs.requirement_id', 'lore_needs.branch'))})`;

/**
 * SQL: joins to an item `need`, what it establishes as its own branch has it, if it is lore. Another branch may need something
 * else under the same id.
 * @param item alias of a row of `items`
 */
export const joinNeed = (item: string): string => `
  LEFT JOIN LATERAL (SELECT domain, name, meaning FROM lore_needs
    WHERE ${item}.phase = 'lore' AND lore_needs.plan_id = ${item}.plan_id
      AND requirement_id = ${item}.target ->> 'requirementId' AND ${visibleNeed(`${item}.branch`)}
    ORDER BY lore_needs.branch = ${item}.branch DESC LIMIT 1) need ON true`;
