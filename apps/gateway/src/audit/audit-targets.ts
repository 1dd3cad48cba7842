import type { Request } from 'express';

const targets = new WeakMap<Request, Record<string, string>>();

/** For a route that makes something: its id belongs into the audit trail as the ids in the address do. */
export function noteTargets(request: Request, ids: Record<string, string>): void {
  targets.set(request, { ...targets.get(request), ...ids });
}

export function notedTargets(request: Request): Record<string, string> {
  return targets.get(request) ?? {};
}
