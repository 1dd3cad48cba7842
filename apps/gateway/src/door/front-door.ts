import type { NextFunction, Request, Response } from 'express';

const API_PAGES = '/api/docs';

/** Sends whoever opens the gateway's own address, which is what people are told, to the pages that describe it. */
export function frontDoor(request: Request, response: Response, next: NextFunction): void {
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (isReading && request.path === '/') response.redirect(302, API_PAGES);
  else next();
}
