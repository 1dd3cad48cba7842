import type { NextFunction, Request, Response } from 'express';
import { AddressUnreadableError } from '../http/http.errors';

/** Refuses an address that is no percent-encoded UTF-8, before a route would take it for something else. */
export function readableAddress(request: Request, _response: Response, next: NextFunction): void {
  try {
    decodeURIComponent(request.path);
  } catch {
    throw new AddressUnreadableError();
  }
  next();
}
