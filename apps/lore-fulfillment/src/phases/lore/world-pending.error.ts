/** The world bible has no world to fit lore into yet. That is a matter of time and spends no attempt. */
export class WorldPendingError extends Error {
  readonly code = 'WORLD_NOT_READY';
  readonly retryable = true;
  readonly spendsAttempt = false;
}
