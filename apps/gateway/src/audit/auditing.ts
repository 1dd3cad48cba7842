import type { AuditOutcome, AuditRecord } from '@fiction/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { bearerToken } from '../tokens/bearer-token';
import { callerOf, type CallerIdentity } from '../access/caller';
import { withoutTokens } from '../tokens/token-secret';
import { correlationIdOf } from '../door/correlation';
import { problemCodeOf } from '../problems/problem-document';
import { notedTargets } from './audit-targets';
import type { AuditTrail } from './audit-trail';
import type { RoutePatterns } from './route-patterns';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Longest id that is kept, in characters; no id of ours is longer. */
const MOST = 300;

const leftOut = new WeakSet<Request>();

/** This request is one of very many that are the same; the audit trail has the first of them. */
export function leaveOut(request: Request): void {
  leftOut.add(request);
}

/**
 * Sees to it that every write of a known caller is in the audit trail before it is answered, however it is answered and
 * by whom. Who has no good token writes nothing, and is not recorded.
 */
export function auditing(trail: AuditTrail, routes: RoutePatterns): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const caller = callerOf(request);
    if (caller !== undefined && !READS.has(request.method)) {
      // A caller who has left by the time of the answer has no address any more.
      const remoteAddress = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null;
      beforeTheEnd(response, async () => {
        if (leftOut.has(request)) return;
        await trail.record(() => ({ ...recordOf(request, response, caller, routes), remoteAddress }));
      });
    }
    next();
  };
}

/** The answer is complete when `work` is done; `work` never fails. */
function beforeTheEnd(response: Response, work: () => Promise<void>): void {
  const end = response.end.bind(response) as (...given: unknown[]) => Response;
  let begun = false;
  response.end = ((...given: unknown[]) => {
    if (!begun) void work().then(() => end(...given));
    begun = true;
    return response;
  }) as Response['end'];
}

function recordOf(
  request: Request,
  response: Response,
  caller: CallerIdentity,
  routes: RoutePatterns,
): Omit<AuditRecord, 'remoteAddress'> {
  const { route, parameters } = routes.match(request.method, request.path);
  const { tokenId, name, role } = caller;
  return {
    eventId: randomUUID(),
    occurredAt: new Date().toISOString(),
    actor: { tokenId, name, role },
    method: request.method,
    route,
    targets: harmless({ ...parameters, ...notedTargets(request) }, bearerToken(request.headers.authorization)!),
    outcome: outcomeOf(response.statusCode),
    status: response.statusCode,
    code: problemCodeOf(response) ?? null,
    correlationId: correlationIdOf(request),
  };
}

/** Ids as they may be kept: not without end, and no tokens that somebody took for an id. */
function harmless(ids: Record<string, string>, token: string): Record<string, string> {
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, withoutTokens(id, token).slice(0, MOST)]));
}

function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return 'ok';
  return status < 500 ? 'refused' : 'failed';
}
