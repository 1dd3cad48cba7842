/** SQLSTATEs and socket errors that say "the connection is gone or the server is starting", not "the statement is bad". */
const LOSS_CODES = new Set([
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
  '53300', // too_many_connections
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
const LOSS_MESSAGE =
  /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable|client has encountered a connection error|Driver not Connected|the database system is/i;

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

/** The statement may not have been executed because the connection was lost; trying again is right. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && LOSS_CODES.has(code)) return true;
  if (code !== undefined && SOCKET_CODES.has(code) && isOfConnecting(error)) return true;
  return error instanceof Error && LOSS_MESSAGE.test(error.message);
}

/** Two transactions were in each other's way and PostgreSQL ended this one; trying again is right. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && CONFLICT_CODES.has(code);
}
