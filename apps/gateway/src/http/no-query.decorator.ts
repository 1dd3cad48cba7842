import { InvalidInputError } from '@fiction/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * For a route that takes no parameters: one that is given is a mistake, here as everywhere.
 * @throws InvalidInputError naming each
 */
export const NoQuery = createParamDecorator((_data: unknown, context: ExecutionContext): void => {
  const names = Object.keys(context.switchToHttp().getRequest<Request>().query);
  if (names.length === 0) return;
  const errors = names.map((field) => ({ field, message: 'is not a known field' }));
  throw new InvalidInputError('The request is not valid.', errors);
});
