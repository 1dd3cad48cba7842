/**
 * Longest time of one statement, and of a transaction that asks for nothing, in milliseconds: nobody holds locks, or
 * waits for them, without bound. A migration that needs longer says `SET LOCAL statement_timeout = 0`.
 */
export const STATEMENT_LIMIT_MS = 60_000;
