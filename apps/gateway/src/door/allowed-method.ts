import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { RoutePatterns } from '../audit/route-patterns';
import { MethodNotAllowedError } from '../http/http.errors';

/** Refuses a method that an address does not take, which is no reason to say that there is no such address. */
export function allowedMethod(routes: RoutePatterns): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const allowed = routes.methodsOf(request.path);
    if (allowed.length > 0 && !allowed.includes(request.method) && request.method !== 'OPTIONS') {
      response.setHeader('Allow', allowed.join(', '));
      throw new MethodNotAllowedError(request.method, allowed);
    }
    next();
  };
}
