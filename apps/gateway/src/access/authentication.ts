import type { NextFunction, Request, Response } from 'express';
import type { Admission } from './admission';
import { bearerToken } from '../tokens/bearer-token';
import { rememberCaller } from './caller';
import { isOpen } from '../door/open-paths';

/**
 * Asks for a token before anything else is done for a request: before its body is read, and whether or not there is
 * such a route. What it throws goes where the errors of routes go.
 */
export function authentication(admission: Admission) {
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    if (!isOpen(request)) {
      const token = bearerToken(request.headers.authorization);
      rememberCaller(request, await admission.admit(token, request.socket.remoteAddress));
    }
    next();
  };
}
