/** PostgreSQL answers, but books cannot be kept in this database, or not over this connection; the message says what to do. */
export class UnfitDatabaseError extends Error {
  readonly code = 'DATABASE_UNFIT';
}
