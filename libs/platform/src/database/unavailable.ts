/** SQLSTATEs and socket errors that say "not now, whatever is asked", not "the statement is bad". */
const CODES = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '25006', // read_only_sql_transaction: after a failover, this is a standby
  '53000', // insufficient_resources
  '53100', // disk_full
  '53200', // out_of_memory
  '53300', // too_many_connections
  '58000', // system_error
  '58030', // io_error
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ENOTFOUND',
]);
/** What connecting to a Unix socket adds: the server has ended in good order, or its queue of new connections is full. */
const SOCKET_CODES = new Set(['ENOENT', 'EAGAIN']);
const MESSAGE =
  /connection terminated|connection ended|timeout exceeded when trying to connect|query read timeout|not queryable|client has encountered a connection error|Driver not Connected|the database system is/i;

const TOO_LONG_CODES = new Set(['57014', '55P03']); // query_canceled, lock_not_available
const CONFLICT_CODES = new Set(['40001', '40P01']); // serialization_failure, deadlock_detected

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  return typeof code === 'string' ? code : codeOf(driverError);
}

function isOfConnecting(error: unknown): boolean {
  const { syscall, driverError } = error as { syscall?: unknown; driverError?: unknown };
  return syscall === 'connect' || (driverError !== undefined && isOfConnecting(driverError));
}

/**
 * PostgreSQL cannot do it now: the connection was lost, the server starts, has no room or only reads. Trying the same again
 * later is right; whether a COMMIT that was under way has happened is open.
 */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && CODES.has(code)) return true;
  if (code !== undefined && SOCKET_CODES.has(code) && isOfConnecting(error)) return true;
  return error instanceof Error && MESSAGE.test(error.message);
}

/** Two transactions were in each other's way and PostgreSQL ended this one; trying again is right. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && CONFLICT_CODES.has(code);
}

/**
 * PostgreSQL has ended a statement that took too long, as where it waits for a table that is locked. A short one may be tried
 * again for as long as that lasts; one that takes long by itself must not.
 */
export function tookTooLong(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && TOO_LONG_CODES.has(code);
}
