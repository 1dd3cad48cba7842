import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { bearerToken } from '../tokens/bearer-token';
import { withoutTokens } from '../tokens/token-secret';

const HEADER = 'X-Correlation-Id';
const SANE = /^[A-Za-z0-9._:-]{1,100}$/;
const ids = new WeakMap<Request, string>();

/** Gives every request a name that its answer and its log lines carry; a caller may choose it. */
export function correlation(request: Request, response: Response, next: NextFunction): void {
  response.setHeader(HEADER, correlationIdOf(request));
  next();
}

export function correlationIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.get(HEADER);
  const id =
    given !== undefined && SANE.test(given)
      ? withoutTokens(given, bearerToken(request.headers.authorization))
      : randomUUID();
  ids.set(request, id);
  return id;
}
