import type { NextFunction, Request, Response } from 'express';
import { TokenMissingError } from './access.errors';
import type { AccessTokens } from './access-tokens';
import { bearerToken } from './bearer-token';
import { rememberCaller } from './caller';
import { isOpen } from './open-paths';

/**
 * Asks for a token before anything else is done for a request: before its body is read, and whether or not there is
 * such a route. What it throws goes where the errors of routes go.
 */
export function authentication(tokens: AccessTokens) {
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    if (!isOpen(request)) {
      const token = bearerToken(request.headers.authorization);
      if (token === undefined) throw new TokenMissingError();
      rememberCaller(request, await tokens.authenticate(token));
    }
    next();
  };
}
