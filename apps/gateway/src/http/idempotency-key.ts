import { InvalidInputError } from '@fiction/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * The `Idempotency-Key` of a request, or `null`.
 * @throws InvalidInputError when it is no sane key
 */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string | null =>
  idempotencyKeyOf(context.switchToHttp().getRequest<Request>()),
);

export function idempotencyKeyOf(request: Request): string | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new InvalidInputError('The request is not valid.', [
    { field: 'Idempotency-Key', message: 'must be 1 to 200 printable characters without spaces' },
  ]);
}

/** How the description of a route tells of the header. */
export const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'However often a request with the same key is sent, it acts once',
};
