import { ACTION_SOURCES, InvalidInputError, type AskedBy } from '@fiction/contracts';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { callerOf } from '../access/caller';
import { IDEMPOTENCY, idempotencyKeyOf } from './idempotency-key';

const HEADER = 'X-Fiction-Source';

/** Who asks and from where: the console and the CLI say so in a header, everybody else is `api`. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext): AskedBy =>
  askedBy(context.switchToHttp().getRequest<Request>()),
);

/** Who asks, from where, and the key under which it acts once. */
export type AskedOnce = AskedBy & { idempotencyKey: string | null };

/** `By` and `IdempotencyKey` in one, for what people do to a plan; the route is an `@ActsOnce()`. */
export const Asked = createParamDecorator((_data: unknown, context: ExecutionContext): AskedOnce => {
  const request = context.switchToHttp().getRequest<Request>();
  return { ...askedBy(request), idempotencyKey: idempotencyKeyOf(request) };
});

export const SOURCE_HEADER = {
  name: HEADER,
  required: false,
  description: `Where the request comes from: ${ACTION_SOURCES.join(', ')}; \`api\` if left out`,
};

/** Describes the headers that `Asked` reads. */
export function ActsOnce() {
  return applyDecorators(ApiHeader(IDEMPOTENCY), ApiHeader(SOURCE_HEADER));
}

function askedBy(request: Request): AskedBy {
  const given = request.get(HEADER) ?? 'api';
  const source = ACTION_SOURCES.find((known) => known === given.toLowerCase());
  if (source === undefined) {
    const message = `must be one of ${ACTION_SOURCES.join(', ')}`;
    throw new InvalidInputError('The request is not valid.', [{ field: HEADER, message }]);
  }
  return { actor: callerOf(request)?.name ?? 'unknown', source };
}
