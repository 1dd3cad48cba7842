import { ACTION_SOURCES, InvalidInputError, type AskedBy } from '@fiction/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf } from '../access/caller';

const HEADER = 'X-Fiction-Source';

/** Who asks and from where: the console and the CLI say so in a header, everybody else is `api`. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext): AskedBy => {
  const request = context.switchToHttp().getRequest<Request>();
  const given = request.get(HEADER) ?? 'api';
  const source = ACTION_SOURCES.find((known) => known === given.toLowerCase());
  if (source === undefined) {
    const message = `must be one of ${ACTION_SOURCES.join(', ')}`;
    throw new InvalidInputError('The request is not valid.', [{ field: HEADER, message }]);
  }
  return { actor: callerOf(request)?.name ?? 'unknown', source };
});

export const SOURCE_HEADER = {
  name: HEADER,
  required: false,
  description: `From where it is asked for: ${ACTION_SOURCES.join(', ')}; \`api\` if left out`,
};
