/**
 * SQL: a text column as a value that no index serves, for a condition that must not choose the way. PostgreSQL chooses by
 * statistics, and those of a young book are missing or of a while ago: it takes few runs to be queued, or all rows of a plan
 * to be one, and reads thousands for each row that it is to find by its key.
 */
export function unindexed(column: string): string {
  return `(${column} || '')`;
}
