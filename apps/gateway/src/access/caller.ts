import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Role } from './roles';

/** Who asks: the token's record, never the token. */
export interface CallerIdentity {
  tokenId: string;
  name: string;
  role: Role;
  expiresAt: Date | null;
}

const callers = new WeakMap<Request, CallerIdentity>();

export function rememberCaller(request: Request, caller: CallerIdentity): void {
  callers.set(request, caller);
}

export function callerOf(request: Request): CallerIdentity | undefined {
  return callers.get(request);
}

/** The caller of a route; there is one on every route that needs a role. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
