import { DomainError, type Problem } from '@fiction/contracts';
import { isUnavailable } from '@fiction/platform';
import { HttpException } from '@nestjs/common';
import { BodyTooLargeError, BodyUnreadableError, UnsupportedMediaTypeError } from '../http/http.errors';

/** What Express's body parsers throw; without a type if a body could not be unpacked. */
interface BodyError {
  type?: string;
  status: number;
  limit?: number;
}

const INTERNAL: Problem = {
  code: 'INTERNAL_ERROR',
  status: 500,
  message: 'An internal error occurred. The log has it under this correlationId.',
};
const DATABASE_UNAVAILABLE: Problem = {
  code: 'SERVICE_UNAVAILABLE',
  status: 503,
  message: 'The database is unavailable.',
};

/** The problem an error is for a caller. What is not made for callers becomes INTERNAL_ERROR and says nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) return ofDomainError(error);
  if (error instanceof HttpException) return ofHttpException(error);
  if (isBodyError(error)) return ofBodyError(error).toProblem();
  if (isUnavailable(error)) return DATABASE_UNAVAILABLE;
  return INTERNAL;
}

function ofDomainError(error: DomainError): Problem {
  const { status } = error;
  return status >= 400 && status <= 599 ? error.toProblem() : { ...error.toProblem(), status: 500 };
}

function ofHttpException(error: HttpException): Problem {
  const status = error.getStatus();
  if (status === 404)
    return { code: 'ROUTE_NOT_FOUND', status, message: 'There is no such address; /api/docs lists them all.' };
  // Nest maps unreadable JSON to this.
  if (status === 400) return new BodyUnreadableError(error.message).toProblem();
  return status < 500 ? { code: `HTTP_${status}`, status, message: error.message } : INTERNAL;
}

function isBodyError(error: unknown): error is BodyError {
  const { type, status, expose } = (error ?? {}) as Partial<BodyError> & { expose?: boolean };
  return typeof status === 'number' && (typeof type === 'string' || (expose === true && status < 500));
}

function ofBodyError(error: BodyError): DomainError {
  if (error.status === 413) return new BodyTooLargeError(error.limit);
  if (error.status === 415)
    return new UnsupportedMediaTypeError(['in UTF-8, uncompressed or compressed with gzip, deflate or br']);
  return new BodyUnreadableError(error.type?.replaceAll('.', ' ') ?? 'it is not what its Content-Encoding says');
}
