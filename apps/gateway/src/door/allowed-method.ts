import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { RoutePatterns } from '../audit/route-patterns';
import { MethodNotAllowedError } from '../http/http.errors';

/**
 * Refuses a method that an address does not take, which is no reason to say that there is no such address; and tells whoever
 * asks for its options which it takes.
 */
export function allowedMethod(routes: RoutePatterns): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const allowed = routes.methodsOf(request.path);
    if (allowed.length === 0 || allowed.includes(request.method)) return next();
    response.setHeader('Allow', allowed.join(', '));
    if (request.method !== 'OPTIONS') throw new MethodNotAllowedError(request.method, allowed);
    response.status(204).end();
  };
}
