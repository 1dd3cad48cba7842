import type { NextFunction, Request, Response } from 'express';
import { callerOf } from '../access/caller';
import { leaveOut } from '../audit/auditing';
import { WINDOW_SECONDS, type Allowance } from './per-minute';
import { tooMany, type RequestLimit } from './request-limit';

/** Who watches over the system must not be shut out by who uses it. */
const UNLIMITED = ['/healthz', '/readyz', '/metrics'];

/** Refuses what a token asks beyond its limit, and tells with every answer how much is left. */
export function rateLimiting(limit: RequestLimit) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const caller = callerOf(request);
    const allowance =
      caller === undefined || UNLIMITED.includes(request.path) ? undefined : await limit.take(caller.tokenId);
    if (allowance !== undefined) {
      response.set(headersOf(allowance));
      // The first refusal of a minute tells as much as the next ten thousand would.
      if (allowance.refused === 'again') leaveOut(request);
      if (allowance.refused !== false) throw tooMany(allowance);
    }
    next();
  };
}

function headersOf({ limit, remaining, resetSeconds }: Allowance): Record<string, string> {
  return {
    'RateLimit-Policy': `${limit};w=${WINDOW_SECONDS}`,
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
  };
}
